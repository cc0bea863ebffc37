import { expect, test } from 'vitest'
import { aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiler, readerOf } from '#test/filer.ts'
import { aReadyDraft, fileDraft } from '#test/filings.ts'
import { aCarefulFiler, approve } from '#test/four-eyes.ts'
import { memberOf } from '#test/members.ts'
import { takedownContent } from '#test/takedowns.ts'
import { resolveDuties } from '#app/mail/resolve-duties.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withPerson, withWorker } from '#app/platform/db.server.ts'
import { approveFiling } from './approve-filing.server.ts'
import { findApproval } from './find-approval.server.ts'
import { findApprovals } from './find-approvals.server.ts'
import { findFiling } from './find-filing.server.ts'
import { composeLetter } from './letter-composition.ts'
import { letterFactsSchema } from './letter-facts-schema.ts'
import { letterText } from './letter.ts'
import { noticeMailHandlers } from './notice-mail-handlers.server.ts'
import { returnFiling } from './return-filing.server.ts'
import { asMember } from './taker.server.ts'
import { withdrawNotice } from './withdraw-notice.server.ts'

const db = await testDatabase()
const careful = await aCarefulFiler(db.owner)
const { holder, member, colleague, approver, second, wanted } = careful
const { rowsOf, noticesOf } = readerOf(db.owner)

async function submit(draftId?: string): Promise<{ reference: string; draftId: string }> {
  const id = draftId ?? (await aReadyDraft(colleague, wanted))
  const filed = await fileDraft(colleague, id)
  if (!filed.filed) throw new Error(filed.because)
  return { reference: filed.reference, draftId: id }
}

async function stagesOf(reference: string): Promise<string[]> {
  return (await noticesOf(reference)).map(({ stage }) => stage)
}

async function dutiesOf(reference: string): Promise<{ kind: string; audience: string; open: boolean }[]> {
  return rowsOf(
    `select d.kind, d.audience, d.cancelled_at is null as open from mail_duty d join notice n on n.id = d.notice_id
     join filing f on f.id = n.filing_id where f.reference = $1 order by d.kind, d.id`,
    [reference],
  )
}

test('a submission waits unsigned, and its approvers are told once for all notices', async () => {
  const { reference } = await submit()
  expect(await stagesOf(reference)).toEqual(['awaiting_approval', 'awaiting_approval', 'awaiting_approval'])
  const [filing] = await rowsOf('select signatory_name, signed_at, needs_approval from filing where reference = $1', [
    reference,
  ])
  expect(filing).toEqual({ signatory_name: null, signed_at: null, needs_approval: true })
  expect(await dutiesOf(reference)).toEqual([{ kind: 'approval-needed', audience: 'approvers', open: true }])
  await withWorker((tx) => resolveDuties(tx, { handlers: noticeMailHandlers, at: now(), most: 100 }))
  const mails = await rowsOf<{ to_address: string }>(
    `select m.to_address from outgoing_mail m join notice n on n.id = m.notice_id join filing f on f.id = n.filing_id
     where f.reference = $1 order by 1`,
    [reference],
  )
  expect(mails.map(({ to_address }) => to_address)).toEqual([member.email, approver.email, second.email].toSorted())
  expect((await noticesOf(reference)).every((notice) => 'begun_at' in notice && notice.begun_at === null)).toBe(true)
  const queue = await findApprovals({ member: approver, after: null })
  expect(queue.lines.find((line) => line.reference === reference)).toMatchObject({ notices: 3, own: false, works: 3 })
})

test('the approver signs every letter as it was shown, and the time for recalling begins', async () => {
  const { reference } = await submit()
  const view = await findApproval({ member: approver, reference, signature: { capacity: 'Head of legal' } })
  expect(view?.letters).toHaveLength(3)
  const before = Date.now()
  const answer = await approve(approver, reference)
  expect(answer).toMatchObject({ approved: true, notices: 3 })
  const notices = await noticesOf(reference)
  expect(notices.map(({ stage }) => stage)).toEqual(['queued', 'queued', 'queued'])
  for (const { send_at } of notices) expect(send_at.getTime()).toBeGreaterThanOrEqual(before + 30 * 60_000 - 1)
  const letters = await rowsOf<{ text: string; facts: unknown; letter: string; sha256: string }>(
    `select l.text, l.facts, l.sha256, e.payload->>'letter' as letter from notice_letter l join notice_event e on e.notice_id = l.notice_id
     where e.type = 'notice.approved' and l.notice_id = any($1)`,
    [notices.map(({ id }) => id)],
  )
  expect(letters).toHaveLength(3)
  for (const { text, facts, letter, sha256 } of letters) {
    expect(text).toContain(`${approver.name}\nHead of legal`)
    expect(text).not.toContain(colleague.name)
    expect(letter).toBe(sha256)
    // Whoever reads it in the other language reads what was signed.
    expect(letterText(composeLetter(letterFactsSchema.parse(facts)))).toBe(text)
  }
  const served = await rowsOf<{ not_before: Date }>(
    `select not_before from mail_duty where kind = 'notice-served' and notice_id = any($1)`,
    [notices.map(({ id }) => id)],
  )
  expect(served.map(({ not_before }) => not_before)).toEqual(notices.map(({ send_at }) => send_at))
  expect((await dutiesOf(reference)).filter(({ kind }) => kind === 'filing-approved')).toHaveLength(1)
  expect(await findFiling(colleague, reference)).toMatchObject({
    approvedBy: approver.name,
    signatoryName: approver.name,
  })
  expect(await findApproval({ member: approver, reference, signature: { capacity: '' } })).toBeNull()
})

test.each([
  ['without a tick', { statement: [] as string[] }, 'statement-missing'],
  ['under another name', { signName: 'Somebody Else' }, 'name-differs'],
  ['without a capacity', { capacity: ' ' }, 'capacity-missing'],
])('nothing is approved %s', async (_what, given, fault) => {
  const { reference } = await submit()
  const view = await findApproval({ member: approver, reference, signature: { capacity: '' } })
  const statements = (view?.statements ?? []).map(({ id }) => id)
  const form = { statement: statements, shown: statements, signName: approver.name, capacity: 'Head of legal' }
  const answer = await approveFiling({
    member: approver,
    reference,
    submission: view?.submission ?? '',
    form: { ...form, ...given, statement: 'statement' in given ? [] : form.statement },
  })
  expect(answer).toMatchObject({ approved: false, because: 'unsigned', faults: [fault] })
  expect(new Set(await stagesOf(reference))).toEqual(new Set(['awaiting_approval']))
})

test('nobody approves what he or she submitted, not even an owner, and not past the application either', async () => {
  const filed = await fileDraft(member, await aReadyDraft(member, wanted))
  const reference = filed.filed ? filed.reference : ''
  expect(await approve(member, reference)).toEqual({ approved: false, because: 'own-submission' })
  const [notice] = await noticesOf(reference)
  await expect(
    withPerson(
      member.personId,
      (tx) => tx.$executeRaw`update notice set stage = 'queued' where id = ${notice?.id}::uuid`,
    ),
  ).rejects.toThrow(/may not be queued/u)
  await expect(
    withPerson(
      member.personId,
      (tx) =>
        tx.$executeRaw`update filing set approved_at = now(), approved_by = ${member.personId}::uuid where reference = ${reference}`,
    ),
  ).rejects.toThrow(/another approver/u)
  expect(await approve(approver, reference)).toMatchObject({ approved: true })
})

test('an approver completes a filing and changes nothing else of it', async () => {
  const { reference } = await submit()
  await expect(
    withPerson(
      approver.personId,
      (tx) =>
        tx.$executeRaw`update filing set submitted_by = ${approver.personId}::uuid where reference = ${reference}`,
    ),
  ).rejects.toThrow(/changes nothing/u)
  await expect(
    withPerson(
      approver.personId,
      (tx) => tx.$executeRaw`update filing set needs_approval = false where reference = ${reference}`,
    ),
  ).rejects.toThrow(/changes nothing/u)
})

test('an editor, a viewer, one who was demoted since, and people of another holder approve nothing', async () => {
  const { reference } = await submit()
  const { organisation } = holder
  const editor = memberOf(await aPerson(db.owner, { organisationId: organisation.id, role: 'editor' }), organisation, {
    role: 'editor',
  })
  const demoted = memberOf(await aPerson(db.owner, { organisationId: organisation.id, role: 'viewer' }), organisation, {
    role: 'approver',
  })
  const removed = memberOf(await aPerson(db.owner), organisation, { role: 'approver' })
  for (const who of [editor, demoted, removed]) {
    expect(await approve(who, reference)).toEqual({ approved: false, because: 'role-too-low' })
    expect(await returnFiling({ member: who, reference, note: 'No.' })).toEqual({
      returned: false,
      because: 'role-too-low',
    })
  }
  const other = await aFiler(db.owner)
  expect(await approve(other.member, reference)).toEqual({ approved: false, because: 'gone' })
  expect(await findApproval({ member: other.member, reference, signature: { capacity: '' } })).toBeNull()
  // A stranger who claims the organisation of others is caught by row-level security.
  const impostor = { ...other.member, organisation: { ...other.member.organisation, id: organisation.id } }
  expect(await approve(impostor, reference)).toEqual({ approved: false, because: 'role-too-low' })
  expect(new Set(await stagesOf(reference))).toEqual(new Set(['awaiting_approval']))
})

test('of two approvers at once one approves, and the other reads who came first', async () => {
  const { reference } = await submit()
  const answers = await Promise.all([approve(approver, reference), approve(second, reference)])
  expect(answers.filter(({ approved }) => approved)).toHaveLength(1)
  const late = answers.find((answer) => !answer.approved)
  expect(late).toMatchObject({ because: 'approved', at: expect.any(Date) })
  const [notice] = await noticesOf(reference)
  const events = await rowsOf<{ type: string }>(
    'select type from notice_event where notice_id = $1 order by sequence',
    [notice?.id],
  )
  expect(events.map(({ type }) => type)).toEqual(['notice.submitted', 'notice.approved'])
})

test('of an approval and a return at once only one happens', async () => {
  const { reference } = await submit()
  const [approved, returned] = await Promise.all([
    approve(approver, reference),
    returnFiling({ member: second, reference, note: 'Wait.' }),
  ])
  expect([approved.approved, returned.returned].filter(Boolean)).toHaveLength(1)
  expect(new Set(await stagesOf(reference)).size).toBe(1)
})

test('one notice withdrawn while it waits leaves the others to be approved', async () => {
  const { reference } = await submit()
  const [first] = await noticesOf(reference)
  const results = await asMember(colleague, (tx, taker) =>
    withdrawNotice(tx, { taker, noticeIds: [first?.id ?? ''], reason: 'Settled.' }),
  )
  expect(results.failed).toEqual([])
  expect(await approve(approver, reference)).toMatchObject({ approved: true, notices: 2 })
  expect((await stagesOf(reference)).toSorted()).toEqual(['queued', 'queued', 'withdrawn'])
})

test('a name or an address that changes while a filing waits changes no letter', async () => {
  const { reference } = await submit()
  await db.owner.query(`update organisation set name = 'Another Name' where id = $1`, [holder.organisation.id])
  try {
    const view = await findApproval({ member: approver, reference, signature: { capacity: '' } })
    expect(JSON.stringify(view?.letters)).toContain('Hoshizora Animation')
    expect(JSON.stringify(view?.letters)).not.toContain('Another Name')
    expect(await approve(approver, reference)).toMatchObject({ approved: true })
  } finally {
    await db.owner.query('update organisation set name = $2 where id = $1', [
      holder.organisation.id,
      'Hoshizora Animation',
    ])
  }
})

test('what waited past the deadline of its own letter is not sent', async () => {
  const content = takedownContent(['JP_CA_112'], [{ url: 'https://outputs.example/1', work: '' }])
  const { reference } = await submit(await aReadyDraft(colleague, { ...wanted, content }))
  try {
    setClock(new Date('2099-12-07T05:00:00Z'))
    expect(await approve(approver, reference)).toEqual({ approved: false, because: 'deadline-passed' })
    setClock(new Date('2099-12-06T05:00:00Z'))
    expect(await approve(approver, reference)).toMatchObject({ approved: true })
  } finally {
    setClock(null)
  }
})
