import { Pool } from 'pg'
import { afterAll, expect, test } from 'vitest'

import { withOriginOfAct } from '#app/platform/origin-of-act.server.ts'
import { databaseUrl } from '#app/platform/database-urls.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { newId } from '#app/platform/id.ts'
import { aHolder, anOrganisation, aPerson, aVendor, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'

import { auditActor, auditSentence } from './audit-words.ts'
import { auditGroups, readAuditQuery, type AuditKind } from './audit.ts'
import { changeRole } from './change-role.server.ts'
import { auditLinesPerPage, findAudit, streamAudit } from './find-audit.server.ts'
import { invitePerson } from './invite-person.server.ts'
import { recordAudit, recordOwnAudit } from './record-audit.server.ts'
import { removeMember } from './remove-member.server.ts'
import { revokeInvitation } from './revoke-invitation.server.ts'
import { saveOrganisation, saveSending } from './save-organisation.server.ts'
import { switchFourEyes } from './switch-four-eyes.server.ts'
import { verifyOrganisation } from './verify-organisation.server.ts'

const db = await testDatabase()
const everything = readAuditQuery('http://x/')

async function kindsOf(organisationId: string): Promise<string[]> {
  const { rows } = await db.owner.query<{ kind: string }>(
    'select kind from audit_entry where organisation_id = $1 order by id',
    [organisationId],
  )
  return rows.map(({ kind }) => kind)
}

test('every act on an organisation leaves its line, with who, whom and from where', async () => {
  const { organisation, person } = await aHolder(db.owner, { verified_at: null })
  const other = await aPerson(db.owner, { organisationId: organisation.id, role: 'editor', name: 'Kenji Ono' })
  const member = memberOf(person, organisation)
  const origin = { networkAddress: '198.51.100.7', userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140' }
  const details = { name: 'New name', addressLines: '1', locality: 'Osaka', country: 'JP', timeZone: 'Asia/Tokyo' }
  await withOriginOfAct(origin, async () => {
    await saveOrganisation({ member, form: details })
    await saveSending({ member, form: { undoMinutes: 5 } })
    await saveSending({ member, form: { undoMinutes: 5 } })
    await changeRole({ member, personId: other.id, role: 'approver' })
    await switchFourEyes({ member, on: true })
    await invitePerson({ member, email: 'new@example.test', role: 'viewer' })
    const { rows } = await db.owner.query('select id from invitation where organisation_id = $1', [organisation.id])
    await revokeInvitation({ member, invitationId: rows[0].id })
    await removeMember({ member, personId: other.id })
  })
  const { lines, people } = await findAudit(member, everything)
  expect(lines.map((line) => [auditActor(line), auditSentence(line)]).toReversed()).toEqual([
    [
      person.name,
      'Changed what the organisation says of itself: name, street address, town, name in the other script, postcode, telephone.',
    ],
    [person.name, 'Set the time to recall to 5 minutes and the pace of first mails to that of the portal.'],
    [person.name, 'Changed the role of Kenji Ono from Editor to Approver.'],
    [person.name, 'Turned four-eyes approval on.'],
    [person.name, 'Invited new@example.test as Viewer.'],
    [person.name, 'Took the invitation of new@example.test back.'],
    [person.name, 'Removed Kenji Ono, who was Approver.'],
  ])
  expect(new Set(lines.map(({ networkAddress, browser }) => `${networkAddress} ${browser}`))).toEqual(
    new Set(['198.51.100.7 Firefox, Linux']),
  )
  expect(people.map(({ name }) => name).toSorted()).toEqual(['Kenji Ono', person.name].toSorted())
})

test('what was refused or changed nothing leaves no line', async () => {
  const { organisation, person } = await aHolder(db.owner)
  const editor = await aPerson(db.owner, { organisationId: organisation.id, role: 'editor' })
  const member = memberOf(editor, organisation)
  const details = { name: 'X', addressLines: '1', locality: 'Osaka', country: 'JP', timeZone: 'Asia/Tokyo' }
  await saveOrganisation({ member, form: details })
  await changeRole({ member, personId: person.id, role: 'viewer' })
  await changeRole({ member: memberOf(person, organisation), personId: person.id, role: 'owner' })
  await switchFourEyes({ member: memberOf(person, organisation), on: true })
  await switchFourEyes({ member: memberOf(person, organisation), on: true })
  expect(await kindsOf(organisation.id)).toEqual([])
})

test('an act that is undone leaves no line', async () => {
  const { organisation, person } = await aHolder(db.owner)
  const undone = withPerson(person.id, async (tx) => {
    await recordAudit(tx, { organisationId: organisation.id, kind: 'four-eyes-on', personId: person.id })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await kindsOf(organisation.id)).toEqual([])
})

test('what the operator does is said to be the operator’s, and by no name', async () => {
  const portal = await anOrganisation(db.owner, 'operator')
  const keeper = await aPerson(db.owner, { organisationId: portal.id, name: 'Secret Keeper' })
  const { organisation, person } = await aHolder(db.owner, { verified_at: null })
  const operator = memberOf(keeper, portal, { kind: 'operator' })
  await verifyOrganisation({ member: operator, slug: organisation.slug, how: 'domain' })
  const { lines, people } = await findAudit(memberOf(person, organisation), everything)
  expect(lines.map((line) => `${auditActor(line)}: ${auditSentence(line)}`)).toEqual([
    'The operator: Verified the organisation.',
  ])
  expect(JSON.stringify([lines, people])).not.toContain('Secret Keeper')
})

test('signing in is written down for every organisation that somebody belongs to, and for no other', async () => {
  const [one, two, foreign] = [await aHolder(db.owner), await aVendor(db.owner), await aHolder(db.owner)]
  await insert(db.owner, 'membership', {
    id: newId(),
    person_id: one.person.id,
    organisation_id: two.organisation.id,
    role: 'viewer',
    created_at: new Date(),
  })
  await withPerson(one.person.id, (tx) =>
    recordOwnAudit(tx, { personId: one.person.id, kind: 'signed-in', facts: { how: 'passkey' } }),
  )
  expect(await kindsOf(one.organisation.id)).toEqual(['signed-in'])
  expect(await kindsOf(two.organisation.id)).toEqual(['signed-in'])
  expect(await kindsOf(foreign.organisation.id)).toEqual([])
})

test('only owners read it: an editor, an approver, a viewer and a stranger see no line', async () => {
  const { organisation, person } = await aHolder(db.owner)
  await withPerson(person.id, (tx) =>
    recordAudit(tx, { organisationId: organisation.id, kind: 'four-eyes-on', personId: person.id }),
  )
  for (const role of ['editor', 'approver', 'viewer'] as const) {
    const other = await aPerson(db.owner, { organisationId: organisation.id, role })
    expect(await findAudit(memberOf(other, organisation), everything)).toMatchObject({
      lines: [],
      found: 0,
      people: [],
    })
  }
  const stranger = (await aHolder(db.owner)).person
  expect(await findAudit(memberOf(stranger, organisation), everything)).toMatchObject({ lines: [], people: [] })
})

test('nobody writes in the name of another, or for an organisation that is not theirs', async () => {
  const { organisation, person } = await aHolder(db.owner)
  const { person: stranger } = await aHolder(db.owner)
  for (const [asker, personId] of [
    [stranger.id, stranger.id],
    [stranger.id, person.id],
    [person.id, stranger.id],
  ] as const) {
    const written = withPerson(asker, (tx) =>
      recordAudit(tx, { organisationId: organisation.id, kind: 'four-eyes-on', personId }),
    )
    await expect(written).rejects.toThrow('row-level security')
  }
  const asOperator = withPerson(person.id, (tx) =>
    recordAudit(tx, { organisationId: organisation.id, kind: 'four-eyes-on', personId: person.id, actor: 'operator' }),
  )
  await expect(asOperator).rejects.toThrow('row-level security')
})

test('no role changes or removes a line, the owner of the tables neither', async () => {
  const { organisation, person } = await aHolder(db.owner)
  await withOriginOfAct({ networkAddress: '192.0.2.1', userAgent: null }, () =>
    withPerson(person.id, (tx) =>
      recordAudit(tx, { organisationId: organisation.id, kind: 'four-eyes-on', personId: person.id }),
    ),
  )
  const roles = (['owner', 'app', 'worker', 'auth'] as const).map((role) => {
    return { role, pool: new Pool({ connectionString: databaseUrl(role), max: 1 }) }
  })
  afterAll(() => Promise.all(roles.map(({ pool }) => pool.end())))
  const statements = [
    "update public.audit_entry set kind = 'joined'",
    'delete from public.audit_entry',
    'truncate public.audit_entry cascade',
    "update public.audit_origin set network_address = '192.0.2.2'",
    'delete from public.audit_origin',
    'truncate public.audit_origin',
  ]
  for (const { role, pool } of roles)
    for (const statement of statements)
      await expect(pool.query(statement), `${role}: ${statement}`).rejects.toThrow(/never changed|permission denied/)
  expect(await kindsOf(organisation.id)).toEqual(['four-eyes-on'])
})

test('the list is paged, and narrowed to a person, a part and the days of the reader', async () => {
  const { organisation, person } = await aHolder(db.owner)
  const other = await aPerson(db.owner, { organisationId: organisation.id })
  const write = (personId: string, kind: AuditKind, at: string) => {
    setClock(new Date(at))
    return withPerson(personId, (tx) => recordAudit(tx, { organisationId: organisation.id, kind, personId }))
  }
  for (let minute = 0; minute < auditLinesPerPage + 5; minute += 1)
    await write(person.id, 'signed-in', `2026-11-03T10:${String(minute).padStart(2, '0')}:00Z`)
  // The fifth begins in Tokyo at 15:00 UTC on the fourth.
  await write(other.id, 'four-eyes-on', '2026-11-04T14:59:59Z')
  await write(other.id, 'four-eyes-off', '2026-11-04T15:00:00Z')
  setClock(null)
  const member = { ...memberOf(person, organisation), timeZone: 'Asia/Tokyo' }
  const first = await findAudit(member, everything)
  expect([first.lines.length, first.found]).toEqual([auditLinesPerPage, auditLinesPerPage + 7])
  const second = await findAudit(member, { ...everything, before: first.next })
  expect([second.lines.length, second.next]).toEqual([7, null])
  const found = async (query: string) =>
    (await findAudit(member, readAuditQuery(`http://x/?${query}`))).lines.map(({ kind }) => kind)
  expect(await found(`person=${other.id}`)).toEqual(['four-eyes-off', 'four-eyes-on'])
  expect(await found('group=settings&from=2026-11-05')).toEqual(['four-eyes-off'])
  expect(await found('group=settings&to=2026-11-04')).toEqual(['four-eyes-on'])
  expect(await found('group=members')).toEqual([])
  const all = []
  for await (const line of streamAudit(member, everything)) all.push(line.id)
  expect(all).toEqual([...first.lines, ...second.lines].map(({ id }) => id))
})

test('an address that means nothing asks for everything', () => {
  expect(readAuditQuery('http://x/?person=1&group=toString&from=2026-13-45&to=x&before=y')).toEqual(everything)
})

test('every kind has its sentence in both languages', () => {
  for (const locale of ['en', 'ja'] as const)
    for (const kind of Object.values(auditGroups).flat()) {
      const line = {
        id: '',
        at: new Date(),
        actor: 'member',
        personId: '',
        who: 'A',
        subject: null,
        facts: {},
      } as const
      const words = withLocale(locale, () => auditSentence({ ...line, kind, networkAddress: null, browser: null }))
      expect(words, `${locale} ${kind}`).not.toBe('')
    }
})
