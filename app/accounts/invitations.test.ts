import { afterAll, beforeEach, expect, test } from 'vitest'

import { closeAuth, findSession } from '#app/platform/auth.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { aHolder, aPerson, anOrganisation } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { accountDuties, cookieHeader, memberOf, tokenIn } from '#test/members.ts'

import { acceptInvitation, findInvitation, joinByInvitation } from './accept-invitation.server.ts'
import { changeRole } from './change-role.server.ts'
import { invitePerson } from './invite-person.server.ts'
import { removeMember } from './remove-member.server.ts'
import { revokeInvitation } from './revoke-invitation.server.ts'
import type { Role } from './roles.ts'
import { findTeam } from './team.server.ts'

const db = await testDatabase()
afterAll(closeAuth)
beforeEach(async () => {
  setClock(null)
  await db.owner.query('delete from mail_duty')
})

const headers = new Headers()

async function invited(role: Role = 'editor') {
  const { organisation, person } = await aHolder(db.owner)
  const owner = memberOf(person, organisation)
  const colleague = await aPerson(db.owner)
  expect(await invitePerson({ member: owner, email: colleague.email, role })).toEqual({ allowed: true })
  const duty = (await accountDuties(db.owner)).at(-1)
  return { organisation, owner, colleague, token: tokenIn(duty), duty }
}
const accept = (who: { id: string; email: string }, token: string) =>
  acceptInvitation({ personId: who.id, email: who.email, token })

test('the mail goes to the address, and the database keeps no token', async () => {
  const { duty, colleague, token, organisation } = await invited()
  expect(duty).toMatchObject({
    kind: 'invitation',
    address: colleague.email,
    facts: { organisation: organisation.name, hours: 48 },
  })
  expect((await db.owner.query('select from invitation where token_hash = $1', [token])).rowCount).toBe(0)
  expect(await findInvitation(token)).toMatchObject({ email: colleague.email, role: 'editor' })
})

test('of fifty acceptances at once one succeeds', async () => {
  const { organisation, colleague, token } = await invited()
  const answers = await Promise.all(Array.from({ length: 50 }, () => accept(colleague, token)))
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1)
  const { rows } = await db.owner.query('select role from membership where organisation_id = $1 and person_id = $2', [
    organisation.id,
    colleague.id,
  ])
  expect(rows).toEqual([{ role: 'editor' }])
})

test('it makes nobody else a member', async () => {
  const { colleague, token } = await invited()
  const other = await aPerson(db.owner)
  expect(await accept(other, token)).toEqual({ allowed: false, because: 'other-address' })
  // Nor somebody who claims the address: the database knows whose it is.
  expect(await accept({ id: other.id, email: colleague.email }, token)).toEqual({ allowed: false, because: 'used' })
  expect(await accept(colleague, token)).toMatchObject({ allowed: true })
})

test('after 48 hours it is worth nothing', async () => {
  const { colleague, token } = await invited()
  setClock(new Date(now().getTime() + 48 * 3_600_000))
  expect(await accept(colleague, token)).toEqual({ allowed: false, because: 'expired' })
})

test('a second one to the same address takes the place of the first', async () => {
  const { owner, colleague, token } = await invited()
  await invitePerson({ member: owner, email: colleague.email, role: 'viewer' })
  expect(await accept(colleague, token)).toEqual({ allowed: false, because: 'revoked' })
  const { invitations } = await findTeam(owner)
  expect(invitations.map(({ role }) => role)).toEqual(['viewer'])
})

test('one that was taken back is not accepted, and a stranger cannot take it back', async () => {
  const { owner, colleague, token } = await invited()
  const { invitations } = await findTeam(owner)
  const invitationId = invitations[0]?.id ?? ''
  const stranger = await aHolder(db.owner)
  expect(await revokeInvitation({ member: memberOf(stranger.person, stranger.organisation), invitationId })).toEqual({
    revoked: false,
  })
  expect(await revokeInvitation({ member: owner, invitationId })).toEqual({ revoked: true })
  expect(await accept(colleague, token)).toEqual({ allowed: false, because: 'revoked' })
})

test.each(['demoted', 'removed'] as const)('it dies with the authority of an inviter who was %s', async (how) => {
  const { organisation, owner, colleague, token } = await invited()
  const second = await aPerson(db.owner, { organisationId: organisation.id })
  const change = { member: memberOf(second, organisation), personId: owner.personId }
  expect(how === 'demoted' ? await changeRole({ ...change, role: 'editor' }) : await removeMember(change)).toEqual({
    allowed: true,
  })
  expect(await accept(colleague, token)).toEqual({ allowed: false, because: 'revoked' })
  // Even an invitation that was missed then is looked at again when it is accepted.
  await db.owner.query('update invitation set revoked_at = null where organisation_id = $1', [organisation.id])
  expect(await accept(colleague, token)).toEqual({ allowed: false, because: 'inviter-lost-authority' })
})

test('only owners invite, nobody invites a member, and nothing is mailed then', async () => {
  const { organisation, owner, colleague, token } = await invited()
  await accept(colleague, token)
  await db.owner.query('delete from mail_duty')
  expect(await invitePerson({ member: owner, email: colleague.email, role: 'owner' })).toEqual({
    allowed: false,
    because: 'already-member',
  })
  expect(
    await invitePerson({
      member: memberOf(colleague, organisation, { role: 'owner' }),
      email: 'x@example.test',
      role: 'owner',
    }),
  ).toEqual({ allowed: false, because: 'not-an-owner' })
  expect(await accountDuties(db.owner)).toEqual([])
})

test('somebody new becomes a person, a member and signed in with one form, once', async () => {
  const { organisation, person } = await aHolder(db.owner)
  await invitePerson({ member: memberOf(person, organisation), email: 'new.colleague@example.test', role: 'viewer' })
  const token = tokenIn((await accountDuties(db.owner)).at(-1))
  const form = { token, name: 'New Colleague', password: 'ledger pencil otter', locale: 'en' as const, headers }
  const answers = await Promise.all([joinByInvitation(form), joinByInvitation(form), joinByInvitation(form)])
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1)
  const joined = answers.find((answer) => answer.allowed)
  expect(joined?.allowed && (await findSession(cookieHeader(joined.cookies)))?.login.email).toBe(
    'new.colleague@example.test',
  )
  const { people } = await findTeam(memberOf(person, organisation))
  expect(people.map(({ email, role }) => [email, role])).toContainEqual(['new.colleague@example.test', 'viewer'])
})

test('another organisation of the same name learns nothing from a token of this one', async () => {
  const { token } = await invited()
  const stranger = await anOrganisation(db.owner, 'rights_holder')
  const nosy = await aPerson(db.owner, { organisationId: stranger.id })
  expect(await withPerson(nosy.id, (tx) => tx.invitation.count())).toBe(0)
  expect(await findInvitation(`${token}x`)).toBeUndefined()
})
