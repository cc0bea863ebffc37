import type pg from 'pg'
import { newId } from '#app/platform/id.ts'
import { aCatalogue, aHolder, aPerson, aVendor, insert } from './builders.ts'
import { fillCollective } from './world-collective.ts'
import { fillAlarms, fillAudit, fillClosings, fillExports, fillHold } from './world-audit.ts'
import { fillConversation } from './conversation.ts'
import { aMandate, fillInvitations } from './mandates.ts'
import { aPair, aSentNotice } from './notices.ts'
import { fillBulkActs, fillMemberExport, fillOwnWords } from './world-bulk.ts'
import { fillDirectory } from './world-directory.ts'
import { fillJointWorks } from './joint-works.ts'

/**
 * Two holders and two vendors with something in every table: one holder has served two notices on one vendor, the others
 * have nothing to do with it. For tests that ask who sees what.
 */
export async function aWorld(owner: pg.Pool) {
  const pair = await aPair(owner)
  const notice = await aSentNotice(owner, pair)
  const otherNotice = await aSentNotice(owner, pair)
  const foreignHolder = await aHolder(owner)
  const foreignCatalogue = await aCatalogue(owner, foreignHolder.organisation.id)
  const foreignVendor = await aVendor(owner)
  const viewer = await aPerson(owner, { organisationId: pair.holder.organisation.id, role: 'viewer' })
  for (const each of [notice, otherNotice]) {
    await fillNotice(owner, { ...each, holder: pair.holder })
    await fillEvidence(owner, { ...each, holder: pair.holder })
    await fillOwnWords(owner, { ...each, holder: pair.holder })
    await fillConversation(owner, { ...each, vendorId: pair.vendor.id, holder: pair.holder })
  }
  await insert(owner, 'notice_succession', {
    notice_id: otherNotice.id,
    successor_id: notice.id,
    ordered_at: new Date(),
  })
  await fillHolder(owner, { ...pair.holder, catalogue: notice.catalogue })
  await insert(owner, 'related_notice', {
    notice_id: otherNotice.id,
    earlier_notice_id: notice.id,
    relation: 'linked',
    created_at: new Date(),
  })
  await insert(owner, 'vendor_fact', {
    id: newId(),
    vendor_id: pair.vendor.id,
    kind: 'product',
    value: 'A model',
    created_at: new Date(),
  })
  await fillDirectory(owner, pair)
  const association = await aHolder(owner, { kind: 'association' })
  await aMandate(owner, {
    associationId: association.organisation.id,
    memberId: pair.holder.organisation.id,
    acceptedBy: pair.holder.person.id,
  })
  await fillAudit(owner, pair.holder)
  await fillCollective(owner, { ...pair, association, catalogue: notice.catalogue, noticeId: notice.id })
  await fillHold(owner)
  await fillAlarms(owner)
  await fillInvitations(owner, association)
  await fillJointWorks(owner, {
    associationId: association.organisation.id,
    memberId: pair.holder.organisation.id,
    catalogue: notice.catalogue,
  })
  await fillExports(owner, pair.holder)
  await fillClosings(owner, pair.holder)
  await fillMemberExport(owner, { memberId: pair.holder.organisation.id, associationId: association.organisation.id })
  await insert(owner, 'heartbeat', { name: 'worker', at: new Date() })
  return { ...pair, notice, otherNotice, foreignHolder, foreignCatalogue, foreignVendor, viewer, association }
}

type Holder = { organisation: { id: string }; person: { id: string } }
type Notice = { id: string; scopeId: string; linkId: string; catalogue: { workIds: string[] }; holder: Holder }

async function fillNotice(
  owner: pg.Pool,
  { id, scopeId, linkId, catalogue: { workIds }, holder }: Notice,
): Promise<void> {
  const at = new Date()
  const workId = workIds[0] ?? newId()
  const mailId = newId()
  const answer = {
    notice_id: id,
    work_id: workId,
    measure: 'REMOVE_FROM_DATASETS',
    outcome: 'refused',
    code: 'other',
    text: 'x',
    event_sequence: 1,
  }
  await fillLetter(owner, { id, workId })
  await insert(owner, 'notice_scope_work', { scope_id: scopeId, work_id: workId })
  await insert(owner, 'outcome_cell', answer)
  await insert(owner, 'outcome_cell_history', { ...answer, id: newId(), replaced_by: 2 })
  await insert(owner, 'link_access', { id: newId(), link_id: linkId, at, method: 'GET', what: 'page' })
  await fillQuestion(owner, { id, workId, at })
  await fillAnswerSheets(owner, { id, linkId, at })
  const dutyId = newId()
  await insert(owner, 'mail_duty', {
    id: dutyId,
    notice_id: id,
    event_sequence: 99,
    kind: 'notice-sent',
    audience: 'holder',
    organisation_id: holder.organisation.id,
    not_before: at,
    created_at: at,
  })
  await insert(owner, 'outgoing_mail', {
    id: mailId,
    duty_id: dutyId,
    notice_id: id,
    kind: 'notice-sent',
    to_address: 'owner@example.test',
    locale: 'en',
    message_id: `<${mailId}@example.test>`,
    status: 'queued',
    next_attempt_at: at,
    created_at: at,
  })
  await insert(owner, 'mail_line', { duty_id: dutyId, notice_id: id, event_sequence: 1, kind: 'reminder' })
  await insert(owner, 'mail_raw', { mail_id: mailId, bytes: Buffer.from('A mail') })
  await insert(owner, 'mail_attempt', { mail_id: mailId, number: 1, started_at: at, result: 'accepted' })
}

async function fillAnswerSheets(
  owner: pg.Pool,
  { id, linkId, at }: { id: string; linkId: string; at: Date },
): Promise<void> {
  const { rows } = await owner.query(
    `select v.organisation_id as organisation, m.person_id as person from notice n join vendor v on v.id = n.vendor_id
     join membership m on m.organisation_id = v.organisation_id where n.id = $1 limit 1`,
    [id],
  )
  const file = { notice_id: id, locale: 'en', status: 'read', file_sha256: 'x', file_name: 'x.csv', file_bytes: 1 }
  const form = { encoding: 'utf-8', separator: ',', created_at: at }
  const [own, linked] = [newId(), newId()]
  const sender = { organisation_id: rows[0].organisation, requested_by: rows[0].person }
  await insert(owner, 'answer_sheet', { ...file, ...form, id: own, ...sender })
  await insert(owner, 'answer_sheet', { ...file, ...form, id: linked, link_id: linkId })
  for (const sheet of [own, linked])
    await insert(owner, 'answer_sheet_row', { sheet_id: sheet, notice_id: id, line: 2 })
}

async function fillQuestion(
  owner: pg.Pool,
  { id, workId, at }: { id: string; workId: string; at: Date },
): Promise<void> {
  const questionId = newId()
  await insert(owner, 'question', {
    id: questionId,
    notice_id: id,
    number: 1,
    kind: 'works',
    works_kind: 'listed',
    works_count: 1,
    asked_sequence: 1,
    asked_at: at,
  })
  await insert(owner, 'question_work', { question_id: questionId, work_id: workId, notice_id: id })
  await insert(owner, 'question_file', {
    id: newId(),
    question_id: questionId,
    notice_id: id,
    event_sequence: 1,
    position: 1,
    name: 'list.pdf',
    media_type: 'application/pdf',
    sha256: 'x',
    bytes: 1,
    created_at: at,
  })
}

async function fillEvidence(
  owner: pg.Pool,
  { id, linkId, catalogue, holder: { organisation, person } }: Notice & { catalogue: { id: string } },
): Promise<void> {
  const [original, copy, at] = [newId(), newId(), new Date()]
  const own = { organisation_id: organisation.id, made_by: person.id }
  const piece = {
    ...own,
    sha256: 'a'.repeat(64),
    bytes: 1,
    media_type: 'image/png',
    name: 'x.png',
    search_text: 'x.png',
  }
  await insert(owner, 'evidence', { ...piece, id: original, made_at: at })
  await insert(owner, 'evidence', { ...piece, id: copy, redaction_of: original, made_at: at })
  for (const evidence of [original, copy])
    await insert(owner, 'evidence_work', {
      evidence_id: evidence,
      catalogue_id: catalogue.id,
      work_id: catalogue.workIds[0],
    })
  const used = { notice_id: id, evidence_id: original, shared_id: copy, added_by: person.id, added_at: at }
  await insert(owner, 'evidence_notice', used)
  const upload = { ...own, id: newId(), name: 'x.png', fingerprint: 'x', bytes: 1, created_at: at, updated_at: at }
  await insert(owner, 'evidence_upload', upload)
  const access = { evidence_id: copy, organisation_id: organisation.id, at, what: 'opened' }
  await insert(owner, 'evidence_access', { ...access, id: newId(), link_id: linkId })
  await insert(owner, 'evidence_access', { ...access, id: newId(), person_id: person.id })
}

async function fillLetter(owner: pg.Pool, { id, workId }: { id: string; workId: string }): Promise<void> {
  await insert(owner, 'notice_basis', { notice_id: id, basis: 'EXCLUSION_REQUEST', version: 1 })
  await insert(owner, 'notice_letter', {
    id: newId(),
    notice_id: id,
    locale: 'en',
    text: 'A letter',
    blocks: [],
    sha256: 'x',
  })
  await insert(owner, 'notice_location', {
    notice_id: id,
    position: 1,
    url: 'https://outputs.example/1',
    work_id: workId,
    work_title: 'A film',
  })
}

async function fillDraft(owner: pg.Pool, { organisation, person }: Holder): Promise<void> {
  const at = new Date()
  const draftId = newId()
  await insert(owner, 'filing_draft', {
    organisation_id: organisation.id,
    id: draftId,
    content: {},
    created_by: person.id,
    updated_by: person.id,
    created_at: at,
    updated_at: at,
  })
  await insert(owner, 'kept_choices', {
    draft_id: draftId,
    step: 'basis',
    kept_by: person.id,
    choices: { paragraph: 'x' },
    kept_at: at,
  })
}

type Owned = Holder & { catalogue: { id: string; workIds: string[] } }

async function fillHolder(owner: pg.Pool, { organisation, person, catalogue }: Owned): Promise<void> {
  const at = new Date()
  await insert(owner, 'mail_choice', { person_id: person.id, topic: 'notice-sent', choice: 'daily', chosen_at: at })
  await insert(owner, 'mail_refusal', { address: 'contact@example.test', topic: 'vendor-week', refused_at: at })
  const work = { catalogue_id: catalogue.id, work_id: catalogue.workIds[0], valid_from: 1 }
  const own = { organisation_id: organisation.id }
  await insert(owner, 'work_identifier', { ...work, scheme: 'isbn', value: '9784041026229', raw: '978-4-04-102622-9' })
  await insert(owner, 'work_location', {
    ...work,
    kind: 'exact',
    canonical_url: 'https://example.test/',
    url_sha256: Buffer.alloc(32, 1),
  })
  await insert(owner, 'catalogue_import', {
    ...own,
    id: newId(),
    catalogue_id: catalogue.id,
    requested_by: person.id,
    status: 'done',
    file_sha256: 'x',
    file_name: 'works.csv',
    file_bytes: 1,
    created_at: at,
  })
  await fillDraft(owner, { organisation, person })
  await fillBulkActs(owner, { organisation, person })
  await insert(owner, 'idempotency', { ...own, key: 'once', request_sha256: 'x', response: {}, created_at: at })
  await insert(owner, 'job', {
    ...own,
    id: newId(),
    kind: 'import',
    subject_id: newId(),
    requested_by: person.id,
    status: 'done',
    run_at: at,
    created_at: at,
  })
  await insert(owner, 'invitation', {
    ...own,
    id: newId(),
    email: 'guest@example.test',
    role: 'owner',
    invited_by: person.id,
    token_hash: 'hash',
    expires_at: at,
    created_at: at,
  })
}
