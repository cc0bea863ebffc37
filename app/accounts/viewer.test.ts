import { RouterContextProvider } from 'react-router'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { m } from '#app/generated/messages/messages.js'
import { closeAuth, createLogin, endSessions, signIn } from '#app/platform/auth.server.ts'
import { freshMinutes as freshMinutesOfSessions } from '#app/platform/auth-settings.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { hashPassword } from '#app/platform/passwords.server.ts'
import { aPerson, anOrganisation } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'

import { changeRole } from './change-role.server.ts'
import { freshMinutes } from './fresh-sign-in.ts'
import { findUnprotected, requireSecondFactor } from './require-second-factor.server.ts'
import {
  findMember,
  findViewer,
  localeOf,
  requireFreshViewer,
  requireMember,
  requireViewer,
  viewerMiddleware,
} from './viewer.server.ts'

const db = await testDatabase()
const studio = await anOrganisation(db.owner, 'rights_holder')
const agency = await anOrganisation(db.owner, 'vendor')
const person = await aPerson(db.owner, { organisationId: studio.id, role: 'editor', locale: 'ja' })
const owner = await aPerson(db.owner, { organisationId: studio.id })
await db.owner.query(
  `insert into membership (id, person_id, organisation_id, role, created_at) values (gen_random_uuid(), $1, $2, 'viewer', now())`,
  [person.id, agency.id],
)
let session = ''

beforeAll(async () => {
  await createLogin({ ...person, passwordHash: await hashPassword('ledger pencil otter') })
  const signedIn = await signIn({ email: person.email, password: 'ledger pencil otter', headers: new Headers() })
  session = signedIn?.cookies[0]?.split(';')[0] ?? ''
})
afterAll(closeAuth)

/** Runs a request with these cookies through the middleware and answers what `fn` finds inside. */
async function inside<T>(
  headers: Record<string, string>,
  fn: (context: RouterContextProvider) => T,
  path = '/team',
): Promise<T> {
  const request = new Request(`http://127.0.0.1:3000${path}`, { headers })
  const context = new RouterContextProvider()
  let found: { value: T } | undefined
  const args = { request, context, params: {}, pattern: path, url: new URL(request.url) }
  await viewerMiddleware(args, async () => {
    found = { value: fn(context) }
    return new Response()
  })
  if (!found) throw new Error('the middleware did not go on')
  return found.value
}

function thrownBy(fn: () => unknown): Response {
  try {
    fn()
  } catch (thrown) {
    if (thrown instanceof Response) return thrown
    throw thrown
  }
  throw new Error('nothing was thrown')
}

const chosen = (id: string) =>
  inside({ cookie: `${session}; caveat-organisation=${id}` }, (context) => findMember(context)?.organisation.id)
const role = () => inside({ cookie: session }, (context) => findMember(context)?.organisation.role)
const speaks = (headers: Record<string, string>) =>
  inside(headers, (context) => [localeOf(context), m.accounts_sign_in_title()])

test('a session is a person with their organisations, the oldest membership first', async () => {
  const viewer = await inside({ cookie: session }, requireViewer)
  expect(viewer).toMatchObject({ personId: person.id, email: person.email, locale: 'ja', shortcuts: true })
  expect(viewer.memberships).toMatchObject([
    { id: studio.id, kind: 'rights_holder', role: 'editor', verified: true },
    { id: agency.id, kind: 'vendor', role: 'viewer' },
  ])
})

test('an organisation that asks for a second factor lets a password alone to the pages where one is set up, and no further', async () => {
  const ownerOf = memberOf(owner, studio)
  expect(await requireSecondFactor(ownerOf, true)).toEqual({ allowed: false, because: 'not-yourself' })
  expect(await requireSecondFactor({ ...memberOf(person, studio), strong: true }, true)).toEqual({
    allowed: false,
    because: 'not-an-owner',
  })
  expect(await requireSecondFactor({ ...ownerOf, strong: true }, true)).toEqual({ allowed: true })
  const own = { cookie: `${session}; caveat-organisation=${studio.id}` }
  const sent = (path: string) =>
    inside(own, (context) => thrownBy(() => requireMember(context)).headers.get('location'), path)
  for (const path of ['/home', '/notices', '/settings', '/settings/second-factors', '/home?x=/settings/sign-in'])
    expect(await sent(path)).toBe('/settings/second-factor?needed')
  for (const path of ['/settings/second-factor?needed', '/settings/second-factor.data', '/settings/passkeys/options'])
    expect((await inside(own, (context) => requireMember(context), path)).organisation.id).toBe(studio.id)
  const other = { cookie: `${session}; caveat-organisation=${agency.id}` }
  expect((await inside(other, (context) => requireMember(context))).organisation.id).toBe(agency.id)
  expect(await findUnprotected(ownerOf)).toEqual({ count: 2, names: [person.name, owner.name].toSorted() })
  await db.owner.query('update caveat_auth.session set strong = true')
  expect((await inside(own, (context) => requireMember(context))).strong).toBe(true)
  await db.owner.query('update caveat_auth.session set strong = false')
  expect(await requireSecondFactor(ownerOf, false)).toEqual({ allowed: true })
})

test('how one signs in is changed by whoever has just signed in; others sign in once more and come back', async () => {
  const viewer = await inside({ cookie: session }, requireFreshViewer)
  expect(viewer.personId).toBe(person.id)
  setClock(new Date(Date.now() + freshMinutes * 60_000))
  const again = await inside(
    { cookie: session },
    (context) => thrownBy(() => requireFreshViewer(context)),
    '/settings/passkeys',
  )
  setClock(null)
  expect(again.headers.get('location')).toBe('/sign-in?again&next=%2Fsettings%2Fpasskeys')
  expect(freshMinutes).toBe(freshMinutesOfSessions)
})

test('a person acts for the organisation they chose, and for none that is not theirs', async () => {
  expect(await chosen(agency.id)).toBe(agency.id)
  const foreign = await anOrganisation(db.owner, 'rights_holder')
  expect(await chosen(foreign.id)).toBe(studio.id)
  expect(await chosen('no id at all')).toBe(studio.id)
})

test('a page for another kind of organisation does not exist', async () => {
  const thrown = await inside({ cookie: session }, (context) => thrownBy(() => requireMember(context, ['operator'])))
  expect(thrown.status).toBe(404)
  expect(
    await inside({ cookie: session }, (context) => requireMember(context, ['rights_holder']).organisation.id),
  ).toBe(studio.id)
})

test.each([
  ['no cookie', ''],
  [
    'a cookie that was never given',
    'caveat-session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb%3D',
  ],
  ['half a cookie', 'caveat-session='],
])('%s is nobody, who is sent to sign in and comes back', async (_, cookie) => {
  const thrown = await inside({ cookie }, (context) => thrownBy(() => requireViewer(context)), '/team?a=1')
  expect([thrown.status, thrown.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fteam%3Fa%3D1'])
  expect(await inside({ cookie }, findViewer)).toBeUndefined()
})

test('a cookie with one sign changed is nobody', async () => {
  const at = session.length - 12
  const forged = session.slice(0, at) + (session[at] === 'A' ? 'B' : 'A') + session.slice(at + 1)
  expect(await inside({ cookie: forged }, findViewer)).toBeUndefined()
})

test('a role that was changed holds at the next request', async () => {
  expect(await role()).toBe('editor')
  await changeRole({ member: memberOf(owner, studio), personId: person.id, role: 'viewer' })
  expect(await role()).toBe('viewer')
})

test('messages come in the language of the person, else of the cookie, else of the browser', async () => {
  expect(await speaks({ cookie: `${session}; caveat-language=en` })).toEqual(['ja', 'サインイン'])
  expect(await speaks({ cookie: 'caveat-language=ja', 'accept-language': 'en' })).toEqual(['ja', 'サインイン'])
  expect(await speaks({ 'accept-language': 'ja-JP,en;q=0.5' })).toEqual(['ja', 'サインイン'])
  expect(await speaks({})).toEqual(['en', 'Sign in'])
})

test('a person without an organisation is sent to found one', async () => {
  await db.owner.query('delete from membership where person_id = $1', [person.id])
  const thrown = await inside({ cookie: session }, (context) => thrownBy(() => requireMember(context)))
  expect(thrown.headers.get('location')).toBe('/welcome')
})

test('a session that was ended from elsewhere is over at the next request', async () => {
  await endSessions(person.id)
  expect(await inside({ cookie: session }, findViewer)).toBeUndefined()
})
