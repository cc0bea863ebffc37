import { expect, test } from 'vitest'
import { anAssociation, dayFromNow, seeAll, signature } from '#test/associations.ts'
import { aHolder, aPerson, anOrganisation } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { accountDuties, memberOf } from '#test/members.ts'
import { acceptMandate } from './accept-mandate.server.ts'
import { findMandate } from './find-mandate.server.ts'
import { findMandates } from './find-mandates.server.ts'
import { claimInvitation, findInvitations, findSentInvitations, withdrawInvitation } from './invitations.server.ts'
import { findBatch, inviteByFile } from './invite-by-file.server.ts'
import { inviteMember } from './invite-member.server.ts'

const db = await testDatabase()
const fileTerms = { ...seeAll, scopes: ['view', 'file'], startsOn: dayFromNow(0), endsOn: dayFromNow(90) } as const

test('a member that is here gets an offer, any other a mail; whoever signs up finds the offer and accepts it', async () => {
  const { member } = await anAssociation(db.owner)
  const known = await aHolder(db.owner)
  const terms = { ...fileTerms, scopes: [...fileTerms.scopes] }
  const invited = (email: string) => inviteMember(member, { email, name: 'A studio', terms })
  expect(await invited(known.person.email)).toBe('offered')
  expect(await invited(known.person.email)).toBe('offered')
  expect(await invited('new@studio.test')).toBe('invited')
  expect(await invited('new@studio.test')).toBe('invited-already')
  const mails = (await accountDuties(db.owner)).filter(({ kind }) => kind === 'mandate-invitation')
  expect(mails).toMatchObject([{ address: 'new@studio.test', facts: { url: 'http://127.0.0.1:3000/sign-up' } }])

  const organisation = await anOrganisation(db.owner, 'rights_holder', { verified_at: null, verified_how: null })
  const person = await aPerson(db.owner, { organisationId: organisation.id, email: 'new@studio.test' })
  const newcomer = memberOf(person, organisation)
  const [open] = await findInvitations(newcomer)
  expect(open).toMatchObject({ association: { name: member.organisation.name } })
  const mandateId = (await claimInvitation(newcomer, open?.id ?? '')) ?? ''
  expect(await claimInvitation(newcomer, open?.id ?? '')).toBeNull()
  expect(await findMandate({ member: newcomer, side: 'member', mandateId })).toMatchObject({
    state: 'offered',
    waiting: { version: 1, offeredBy: 'association', terms: { endsOn: fileTerms.endsOn, scopes: ['view', 'file'] } },
  })
  expect(await acceptMandate({ member: newcomer, mandateId, version: 1, signature })).toEqual({ allowed: true })
  const page = await findMandates({ member, side: 'association', filter: 'now', after: null })
  expect(page).toMatchObject({ counts: { now: 1, waiting: 1, ended: 0 }, rows: [{ id: mandateId, state: 'in-force' }] })
  expect(await findSentInvitations(member)).toEqual([])
})

test('an invitation is for its address, for owners, and while it stands', async () => {
  const association = await anAssociation(db.owner)
  const { member } = association
  const terms = { ...fileTerms, scopes: [...fileTerms.scopes] }
  expect(await inviteMember(member, { email: 'other@studio.test', name: 'Another', terms })).toBe('invited')
  const [sent] = await findSentInvitations(member)
  const id = sent?.id ?? ''
  const stranger = await aHolder(db.owner)
  const strange = memberOf(stranger.person, stranger.organisation)
  expect(await findInvitations(strange)).toEqual([])
  expect(await claimInvitation(strange, id)).toBeNull()
  expect(await withdrawInvitation(strange, id)).toBe(false)

  const organisation = await anOrganisation(db.owner, 'rights_holder')
  const person = await aPerson(db.owner, {
    organisationId: organisation.id,
    email: 'other@studio.test',
    role: 'editor',
  })
  const editor = memberOf(person, organisation, { role: 'editor' })
  expect(await claimInvitation(editor, id)).toBeNull()
  // The inviter lost the right meanwhile.
  await db.owner.query(`update membership set role = 'owner' where person_id = $1`, [person.id])
  await db.owner.query(`update membership set role = 'editor' where person_id = $1`, [association.person.id])
  expect(await claimInvitation(editor, id)).toBeNull()
  await db.owner.query(`update membership set role = 'owner' where person_id = $1`, [association.person.id])
  expect(await withdrawInvitation(member, id)).toBe(true)
  expect(await claimInvitation(editor, id)).toBeNull()
})

test('a file in Shift_JIS with Japanese headings invites row by row, and each row is told of', async () => {
  const { member } = await anAssociation(db.owner)
  const known = await aHolder(db.owner)
  // 会員名,メールアドレス,範囲,終了日 in Shift_JIS, as Excel saves it in Japanese.
  const heads = Buffer.from('89ef88f596bc2c8381815b838b83418368838c83582c94cd88cd2c8f4997b993fa0d0a', 'hex')
  const rows = [
    `A studio,${known.person.email},file,${dayFromNow(30)}`,
    'B studio,B@STUDIO.test,,',
    'C studio,not an address,view,',
    ',d@studio.test,view,',
    'E studio,e@studio.test,everything,',
    'F studio,f@studio.test,view,31.3.2027',
    'B studio,b@studio.test,view,',
  ]
  const file = new File([heads, Buffer.from(rows.join('\r\n'))], 'members.csv')
  const taken = await inviteByFile(member, file)
  const batch = taken.taken ? await findBatch(member, taken.batchId) : null
  expect(batch?.rows.map(({ line, result }) => [line, result])).toEqual([
    [2, 'offered'],
    [3, 'invited'],
    [4, 'address'],
    [5, 'no-name'],
    [6, 'level'],
    [7, 'day'],
    [8, 'invited-already'],
  ])
  const other = await anAssociation(db.owner)
  expect(await findBatch(other.member, taken.taken ? taken.batchId : '')).toBeNull()
})

test.for([
  ['name;company\nA;B', 'columns'],
  ['', 'empty'],
  [`email,name\n${'a@b.test,x\n'.repeat(501)}`, 'too-many'],
] as const)('a file that cannot be taken invites nobody: %#', async ([text, because]) => {
  const { member } = await anAssociation(db.owner)
  expect(await inviteByFile(member, new File([text], 'x.csv'))).toEqual({ taken: false, because })
})

test('an association that is not verified, or an editor of one, invites nobody', async () => {
  const { member, organisation, person } = await anAssociation(db.owner)
  const terms = { ...fileTerms, scopes: [...fileTerms.scopes] }
  const invite = () => inviteMember(member, { email: 'x@studio.test', name: 'X', terms })
  await db.owner.query('update organisation set verified_at = null where id = $1', [organisation.id])
  expect(await invite()).toBe('not-verified')
  await db.owner.query(`update organisation set verified_at = now() where id = $1`, [organisation.id])
  await db.owner.query(`update membership set role = 'editor' where person_id = $1`, [person.id])
  expect(await invite()).toBe('not-an-owner')
})
