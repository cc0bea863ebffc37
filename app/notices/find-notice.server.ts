import type { ProvenDomain } from '#app/accounts/domain-words.ts'
import type { Role } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import type { ClockKind, Computation } from './clocks.ts'
import type { WaitingOn } from './due-state.ts'
import { findAnswers, type Answers } from './find-answers.server.ts'
import type { EscalationFacts } from './escalations.ts'
import { findEscalation } from './find-escalation.server.ts'
import { findQuestions, type Question } from './find-questions.server.ts'
import { findNoticeEvidence, type NoticePiece } from './find-notice-evidence.server.ts'
import { findConversation, noConversation, type Conversation } from './find-conversation.server.ts'
import { findRecord, type NoticeRecord } from './find-record.server.ts'
import type { BasisId, NoticeKind, Stance } from './legal-bases/basis.ts'
import type { Measure } from './measures.ts'
import type { NoticeQuery } from './notice-query.ts'
import type { NoticeOutcome, Outcome, RefusalCode } from './outcomes.ts'
import type { Side } from './side.server.ts'
import type { Stage } from './stages.ts'

/** A name in its own script and, where known, in the other. */
export interface Names {
  readonly name: string
  readonly nameOther: string | null
}

/** A measure of a notice with the answer that holds for every work without one of its own. */
export interface AskedMeasure {
  readonly measure: Measure
  readonly detail: string | null
  readonly outcome: Outcome
  readonly code: RefusalCode | null
  readonly text: string | null
  readonly effectiveOn: string | null
}

/** A clock as it was computed. Instants ISO 8601. */
export interface NoticeClock {
  readonly kind: ClockKind
  readonly dueOn: string
  readonly dueAt: string
  readonly metAt: string | null
  readonly computed: Computation
  /** Why each extension was given, by the number of its line; one whose person was erased is missing. */
  readonly reasons: readonly { readonly sequence: number; readonly text: string }[]
}

/** Where an output is, and the work that it concerns if that was said. */
export interface NoticeLocation {
  readonly url: string
  readonly work: string | null
}

/** What a notice is and where it stands. Instants ISO 8601, days `YYYY-MM-DD`. */
export interface NoticeFacts {
  readonly id: string
  readonly reference: string
  /** The number of its last line. */
  readonly sequence: number
  readonly kind: NoticeKind
  readonly stance: Stance
  readonly locale: 'en' | 'ja'
  readonly matterNumber: string | null
  readonly works: number
  readonly stage: Stage
  readonly outcome: NoticeOutcome
  readonly waitingOn: WaitingOn
  readonly vendorReference: string | null
  readonly visibility: 'private' | 'members' | 'public'
  readonly begun: boolean
  readonly sendAt: string
  readonly servedAt: string | null
  readonly deliveredAt: string | null
  readonly acknowledgedAt: string | null
  readonly decidedAt: string | null
  readonly closedAt: string | null
  readonly withdrawnAt: string | null
  readonly undeliverableAt: string | null
  readonly unresponsiveAt: string | null
  /** The notice that took its place or will, as far as the reader may know. */
  readonly successor: { readonly reference: string; readonly taken: boolean } | null
  /** The references of the notices whose place it took or will take. */
  readonly supersedes: readonly string[]
  readonly vendor: Names & { readonly slug: string; readonly organisationId: string | null }
  readonly holder: Names & { readonly id: string; readonly verifiedHow: string | null } & Readonly<ProvenDomain>
  readonly contact: { readonly address: string; readonly verifiedHow: string | null } | null
  readonly scope: {
    readonly id: string
    readonly catalogueId: string
    readonly version: number
    readonly kind: 'all' | 'listed'
  }
  readonly catalogue: string
  readonly filing: {
    readonly reference: string
    readonly submittedBy: string
    /** Null until it is approved. */
    readonly signatory: string | null
    readonly capacity: string | null
    readonly needsApproval: boolean
    /** Made by an association for many holders at once. */
    readonly collective: boolean
    /** Under which mandate an association filed it; who accepted that, for those who may read the mandate. */
    readonly mandate: {
      readonly association: string
      readonly associationOther: string | null
      readonly version: number
      readonly acceptedBy: string | null
      readonly capacity: string | null
      readonly acceptedAt: string | null
    } | null
  }
  readonly measures: readonly AskedMeasure[]
  readonly clocks: readonly NoticeClock[]
  readonly bases: readonly BasisId[]
  /** The first locations of outputs, in the letter's order. */
  readonly locations: readonly NoticeLocation[]
  readonly locationsCount: number
  /** Some evidence goes with it that this side may see. */
  readonly hasEvidence: boolean
  /** Notices that ask for the same works, before and after it. */
  readonly related: readonly { readonly reference: string; readonly earlier: boolean }[]
  readonly letters: readonly { readonly locale: 'en' | 'ja'; readonly sha256: string }[]
}

/** One notice for one of its two sides: facts, answers, record. */
export interface NoticePage {
  readonly at: Date
  readonly side: Side
  /** What the reader may do here: an association without the right to file only looks. */
  readonly role: Role
  /** The reader's association sees it by its holder's mandate, and did not file it. */
  readonly byMandate: boolean
  /** The reader acts for the rights holder itself, whose catalogues, filings and evidence it may open. */
  readonly byOwner: boolean
  readonly notice: NoticeFacts
  readonly answers: Answers
  readonly evidence: readonly NoticePiece[]
  readonly record: NoticeRecord
  readonly questions: readonly Question[]
  readonly conversation: Conversation
  /** For the form that writes a message: twice the same is one. */
  readonly messageKey: string
  readonly escalation: EscalationFacts | null
}

/**
 * A notice as its holder or its vendor sees it, in four queries, and one more for each kind of thing that happened: questions, messages, an escalation.
 *
 * @param wanted.reference in its normal form
 * @returns null when there is none of this reference for the organisation that the member acts for
 */
export function findNotice({
  member,
  reference,
  query,
}: {
  member: Member
  reference: string
  query: NoticeQuery
}): Promise<NoticePage | null> {
  return withPerson(member.personId, async (tx) => {
    const notice = await findFacts(tx, reference)
    const standing = notice && (await standingOf(tx, notice, member))
    if (!notice || !standing) return null
    const { side, role, byMandate, byOwner } = standing
    const { id: noticeId, scope, works, measures } = notice
    const answers = await findAnswers(tx, { noticeId, scope, works, measures, view: query.view, cursor: query.cursor })
    const evidence = notice.hasEvidence ? await findNoticeEvidence(tx, noticeId) : []
    const record = await findRecord(tx, { noticeId, side, earlier: query.earlier })
    const asked = record.taken.includes('clarification.requested') || record.taken.includes('notice.sent_back')
    const escalation = record.taken.includes('notice.escalated') ? await findEscalation(tx, noticeId) : null
    const questions = asked ? await findQuestions(tx, { noticeId }) : []
    const written = record.taken.includes('message.received') || record.taken.includes('message.written')
    const conversation = written ? await findConversation(tx, { noticeId, before: query.messages }) : noConversation
    return {
      at: now(),
      side,
      role,
      byMandate,
      byOwner,
      // The holder's own number: the letter may tell it, as it was then, and nothing else does.
      notice: side === 'holder' ? notice : { ...notice, matterNumber: null },
      answers,
      evidence,
      record,
      questions,
      escalation,
      conversation,
      messageKey: newId(),
    }
  })
}

/** So many locations stand on a page; the file holds all. */
export const locationsShown = 50

// The version that its ledger begins with; of the mandate itself only its two sides read more.
const relied = Prisma.sql`(select json_build_object('association', a.name, 'associationOther', a.name_other,
    'version', (e.payload -> 'mandate' ->> 'version')::int, 'acceptedBy', w.signatory_name, 'capacity', w.signatory_capacity, 'acceptedAt', w.accepted_at)
  from notice_event e join organisation a on a.id = n.filed_by_organisation_id
  left join mandate_version w on w.mandate_id = (e.payload -> 'mandate' ->> 'id')::uuid and w.version = (e.payload -> 'mandate' ->> 'version')::int
  where e.notice_id = n.id and e.sequence = 1 and e.payload -> 'mandate' is not null)`

/** How many notices on the same works are named. */
const relatedShown = 10

type Standing = Pick<NoticePage, 'side' | 'role' | 'byMandate' | 'byOwner'>

// A person may belong to both sides: the page is the one of the organisation for which he or she acts now.
async function standingOf(
  tx: Transaction,
  { id, holder, vendor, stage }: NoticeFacts,
  { organisation }: Member,
): Promise<Standing | null> {
  const { role } = organisation
  if (holder.id === organisation.id) return { side: 'holder', role, byMandate: false, byOwner: true }
  if (vendor.organisationId === organisation.id)
    return stage === 'awaiting_approval' ? null : { side: 'vendor', role, byMandate: false, byOwner: false }
  if (organisation.kind !== 'association') return null
  const [mandated] = await tx.$queryRaw<{ sees: boolean; acts: boolean; filed: boolean }[]>`
    select ${organisation.id}::uuid in (select association_id from mandates_over(n.id, 'view', '{owner,editor,approver,viewer}')) as sees,
           ${organisation.id}::uuid in (select association_id from mandates_over(n.id, 'file', '{owner,editor}')) as acts,
           n.filed_by_organisation_id = ${organisation.id}::uuid as filed
    from notice n where n.id = ${id}::uuid`
  if (!mandated?.sees) return null
  return { side: 'holder', role: mandated.acts ? role : 'viewer', byMandate: !mandated.filed, byOwner: false }
}

async function findFacts(tx: Transaction, reference: string): Promise<NoticeFacts | null> {
  const [row] = await tx.$queryRaw<{ notice: NoticeFacts }[]>`
    select json_build_object('id', n.id, 'reference', n.reference, 'sequence', n.last_sequence, 'kind', n.kind, 'stance', n.stance, 'locale', n.locale,
      'matterNumber', (select x.matter_number from notice_private x where x.notice_id = n.id), 'works', n.works_count, 'stage', n.stage, 'outcome', n.outcome, 'waitingOn', n.waiting_on,
      'vendorReference', n.vendor_reference, 'visibility', n.visibility, 'begun', n.begun_at is not null, 'sendAt', coalesce((select min(d.not_before) from mail_duty d where d.notice_id = n.id and d.kind = 'notice-served' and d.paced
        and d.resolved_at is null and d.cancelled_at is null), n.send_at),
      'servedAt', n.served_at, 'deliveredAt', n.delivered_at, 'acknowledgedAt', n.acknowledged_at, 'decidedAt', n.decided_at,
      'closedAt', n.closed_at, 'withdrawnAt', n.withdrawn_at, 'undeliverableAt', n.undeliverable_at, 'unresponsiveAt', n.unresponsive_at,
      'successor', (select json_build_object('reference', r.reference, 'taken', c.taken_at is not null) from notice_succession c
        join notice r on r.id = c.successor_id and r.stage <> 'draft' where c.notice_id = n.id),
      'supersedes', array(select r.reference from notice_succession c join notice r on r.id = c.notice_id where c.successor_id = n.id order by r.reference),
      'vendor', json_build_object('name', v.name, 'nameOther', v.name_other, 'slug', v.slug, 'organisationId', v.organisation_id),
      'holder', json_build_object('id', h.id, 'name', h.name, 'nameOther', h.name_other, 'verifiedHow', h.verified_how,
        'domain', h.domain, 'domainHow', h.domain_how, 'domainProvenAt', h.domain_proven_at),
      'contact', case when c.id is null then null else json_build_object('address', c.address, 'verifiedHow', c.verified_how) end,
      'scope', json_build_object('id', s.id, 'catalogueId', s.catalogue_id, 'version', s.version, 'kind', s.kind),
      'catalogue', k.name,
      'filing', json_build_object('reference', f.reference, 'submittedBy', f.submitted_by, 'signatory', f.signatory_name, 'capacity', f.signatory_capacity, 'needsApproval', f.needs_approval, 'collective', f.collective, 'mandate', ${relied}),
      'measures', (select json_agg(json_build_object('measure', m.measure, 'detail', m.detail, 'outcome', m.default_outcome, 'code', m.default_code,
        'text', m.default_text, 'effectiveOn', m.effective_on) order by m.position) from notice_measure m where m.notice_id = n.id),
      'clocks', coalesce((select json_agg(json_build_object('kind', l.kind, 'dueOn', l.due_on, 'dueAt', l.due_at, 'metAt', l.met_at, 'computed', l.computed,
          'reasons', coalesce((select json_agg(json_build_object('sequence', p.sequence, 'text', p.facts ->> 'text')) from event_person p
            where p.notice_id = n.id and p.facts ? 'text'
              and p.sequence in (select (x ->> 'sequence')::int from jsonb_array_elements(l.computed -> 'extensions') x)), '[]'::json)))
        from clock l where l.notice_id = n.id), '[]'::json),
      'bases', array(select b.basis from notice_basis b where b.notice_id = n.id order by b.basis),
      'hasEvidence', exists (select from evidence_notice u where u.notice_id = n.id),
      'locations', coalesce((select json_agg(json_build_object('url', p.url, 'work', p.work_title) order by p.position)
        from notice_location p where p.notice_id = n.id and p.position <= ${locationsShown}), '[]'::json),
      'locationsCount', (select count(*) from notice_location p where p.notice_id = n.id),
      'related', coalesce((select json_agg(near order by near.reference) from (
        select o.reference, r.notice_id = n.id as earlier from related_notice r
        join notice o on o.id = case when r.notice_id = n.id then r.earlier_notice_id else r.notice_id end
        where (r.notice_id = n.id or r.earlier_notice_id = n.id) and o.stage <> 'draft' order by o.id desc limit ${relatedShown}) near), '[]'::json),
      'letters', coalesce((select json_agg(json_build_object('locale', t.locale, 'sha256', t.sha256) order by t.locale = n.locale desc)
        from notice_letter t where t.notice_id = n.id), '[]'::json)) as notice
    from notice n join vendor v on v.id = n.vendor_id join organisation h on h.id = n.holder_organisation_id
    join notice_scope s on s.id = n.scope_id join catalogue k on k.id = s.catalogue_id join filing f on f.id = n.filing_id
    left join vendor_contact c on c.id = n.contact_id
    where n.reference = ${reference} and n.stage <> 'draft'`
  return row?.notice ?? null
}
