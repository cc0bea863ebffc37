import { now } from '#app/platform/clock.server.ts'
import { withLink, type LinkResult, type OpenLink, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { findConversation, type Conversation } from './find-conversation.server.ts'
import { findNoticeEvidence, type NoticePiece } from './find-notice-evidence.server.ts'
import { locationsShown, type AskedMeasure, type Names, type NoticeLocation } from './find-notice.server.ts'
import { findQuestions, type Question } from './find-questions.server.ts'
import type { BasisId, NoticeKind } from './legal-bases/basis.ts'
import { stepsOpenTo, type Standing, type Step } from './lifecycle.ts'
import type { NoticeOutcome } from './outcomes.ts'
import type { Stage } from './stages.ts'

/** What is kept of every request for something behind a mail link. */
export interface LinkVisit {
  readonly method: string
  readonly what: 'page' | 'letter' | 'works' | 'answer' | 'evidence'
  readonly networkAddress: string
  readonly userAgent: string | null
}

/** An answer that was given: by whom, when, and through which door. The name is as it was typed. */
export interface GivenAnswer {
  readonly name: string | null
  readonly at: string
  readonly channel: string
}

/** A notice as the bearer of its mail link sees it. Instants ISO 8601, days `YYYY-MM-DD`. */
export interface LinkNotice {
  readonly id: string
  readonly reference: string
  /** The number of its last line. */
  readonly sequence: number
  readonly kind: NoticeKind
  readonly works: number
  /** Works that were not withdrawn. */
  readonly left: number
  readonly stage: Stage
  readonly outcome: NoticeOutcome
  readonly servedAt: string | null
  readonly acknowledgeBy: string | null
  readonly decideBy: string | null
  /** Which of the two dates has passed. */
  readonly late: { readonly acknowledge: boolean; readonly decide: boolean }
  readonly timeZone: string
  readonly vendorReference: string | null
  /** The reference of the notice that took its place. */
  readonly successor: string | null
  readonly holder: Names & {
    readonly locality: string | null
    readonly domain: string | null
    readonly verifiedAt: string | null
    readonly verifiedHow: string | null
    readonly domainHow: string | null
    readonly domainProvenAt: string | null
  }
  readonly vendor: Names
  readonly signatory: { readonly name: string; readonly capacity: string }
  readonly measures: readonly AskedMeasure[]
  readonly scope: {
    readonly id: string
    readonly catalogueId: string
    readonly version: number
    readonly kind: 'all' | 'listed'
  }
  readonly bases: readonly BasisId[]
  readonly locations: readonly NoticeLocation[]
  readonly locationsCount: number
  readonly letters: readonly ('en' | 'ja')[]
  /** The steps on its ledger that the vendor may see. */
  readonly taken: readonly Step[]
  readonly hasEvidence: boolean
  readonly acknowledged: GivenAnswer | null
  readonly decided: GivenAnswer | null
}

/** The first works of a notice. */
export interface LinkWork {
  readonly title: string
  readonly externalId: string
  readonly year: number | null
}

/** All that the page from the mail shows. */
export interface LinkPage {
  readonly link: OpenLink
  readonly notice: LinkNotice
  readonly works: readonly LinkWork[]
  readonly questions: readonly Question[]
  readonly conversation: Conversation
  /** What the bearer could do now. */
  readonly open: readonly Step[]
  /** For the two forms of questions: each sent twice asks once. */
  readonly ids: { readonly ask: string; readonly back: string }
  readonly evidence: readonly NoticePiece[]
}

const worksShown = 5

/** The page behind a mail link, with the messages before the one named. Reading it writes one line of the access log and nothing else: scanners open links. */
export function findLinkPage(token: string, visit: LinkVisit, before?: string): Promise<LinkResult<LinkPage>> {
  return withLink(token, async (tx, link) => {
    await logVisit(tx, link, visit)
    const notice = await getLinkNotice(tx, link)
    const { id: noticeId, stage, taken } = notice
    const questions = await findQuestions(tx, { noticeId })
    const open = stepsOpenTo({ party: 'link', confirmed: false }, { ...unlooked, stage, taken })
    const ids = { ask: newId(), back: newId() }
    const works = await findFirstWorks(tx, notice)
    const evidence = notice.hasEvidence ? await findNoticeEvidence(tx, noticeId) : []
    const conversation = await findConversation(tx, { noticeId, before })
    return { link, notice, works, evidence, questions, conversation, open, ids }
  })
}

/** What the steps of the bearer of a link do not look at. */
export const unlooked = {
  begun: true,
  fourEyes: false,
  pending: true,
  worksLeft: true,
  questionOpen: true,
  checksScheduled: false,
  gotWorse: false,
  windowOver: false,
  reopened: false,
  escalated: false,
  told: false,
} as const satisfies Omit<Standing, 'stage' | 'taken'>

/** Writes down that something behind a link was asked for. */
export async function logVisit(
  tx: Transaction,
  link: OpenLink,
  { method, what, networkAddress, userAgent }: LinkVisit,
): Promise<void> {
  await tx.linkAccess.createMany({
    data: [
      {
        id: newId(),
        linkId: link.id,
        at: now(),
        method,
        what,
        networkAddress,
        userAgent: userAgent?.slice(0, 300) ?? null,
      },
    ],
  })
}

/** The notice of an open link. */
export async function getLinkNotice(tx: Transaction, { noticeId }: OpenLink): Promise<LinkNotice> {
  const [row] = await tx.$queryRaw<{ notice: LinkNotice }[]>`
    select json_build_object('id', n.id, 'reference', n.reference, 'sequence', n.last_sequence, 'kind', n.kind, 'works', n.works_count, 'stage', n.stage,
      'left', coalesce((select (e.payload->>'left')::int from notice_event e where e.notice_id = n.id and e.type = 'works.withdrawn'
        order by e.sequence desc limit 1), n.works_count),
      'successor', (select e.payload->>'by' from notice_event e where e.notice_id = n.id and e.type = 'notice.superseded' limit 1),
      'outcome', n.outcome, 'servedAt', n.served_at, 'acknowledgeBy', n.acknowledge_by, 'decideBy', n.decide_by,
      'late', json_build_object('acknowledge', coalesce(n.acknowledge_due_at < ${now()}, false), 'decide', coalesce(n.decide_due_at < ${now()}, false)),
      'timeZone', coalesce((select c.computed->>'timeZone' from clock c where c.notice_id = n.id limit 1), 'UTC'),
      'vendorReference', n.vendor_reference,
      'holder', json_build_object('name', h.name, 'nameOther', h.name_other, 'locality', h.locality, 'domain', h.domain,
        'verifiedAt', h.verified_at, 'verifiedHow', h.verified_how, 'domainHow', h.domain_how, 'domainProvenAt', h.domain_proven_at),
      'vendor', json_build_object('name', v.name, 'nameOther', v.name_other),
      'signatory', json_build_object('name', f.signatory_name, 'capacity', f.signatory_capacity),
      'measures', (select json_agg(json_build_object('measure', m.measure, 'detail', m.detail, 'outcome', m.default_outcome,
        'code', m.default_code, 'text', m.default_text, 'effectiveOn', m.effective_on) order by m.position)
        from notice_measure m where m.notice_id = n.id),
      'scope', json_build_object('id', s.id, 'catalogueId', s.catalogue_id, 'version', s.version, 'kind', s.kind),
      'bases', array(select b.basis from notice_basis b where b.notice_id = n.id order by b.basis),
      'locations', coalesce((select json_agg(json_build_object('url', p.url, 'work', p.work_title) order by p.position)
        from notice_location p where p.notice_id = n.id and p.position <= ${locationsShown}), '[]'::json),
      'locationsCount', (select count(*) from notice_location p where p.notice_id = n.id),
      'hasEvidence', exists (select from evidence_notice u where u.notice_id = n.id),
      'letters', array(select l.locale from notice_letter l where l.notice_id = n.id order by l.locale = n.locale desc),
      'taken', array(select distinct e.type from notice_event e where e.notice_id = n.id),
      'acknowledged', (select json_build_object('name', p.facts->>'name', 'at', e.at, 'channel', e.channel)
        from notice_event e left join event_person p using (notice_id, sequence)
        where e.notice_id = n.id and e.type = 'notice.acknowledged' order by e.sequence desc limit 1),
      'decided', (select json_build_object('name', p.facts->>'name', 'at', e.at, 'channel', e.channel)
        from notice_event e left join event_person p using (notice_id, sequence)
        where e.notice_id = n.id and n.decided_at is not null and e.type in ('decision.declared', 'outcomes.recorded')
        order by e.sequence desc limit 1)) as notice
    from notice n join organisation h on h.id = n.holder_organisation_id join vendor v on v.id = n.vendor_id
    join filing f on f.id = n.filing_id join notice_scope s on s.id = n.scope_id
    where n.id = ${noticeId}::uuid`
  if (row === undefined) throw new Error(`An open link leads to notice ${noticeId}, which cannot be seen.`)
  return row.notice
}

function findFirstWorks(tx: Transaction, { id: noticeId, scope, works, left }: LinkNotice): Promise<LinkWork[]> {
  const { id, catalogueId, version, kind } = scope
  return tx.$queryRaw<LinkWork[]>`
    select w.title, w.external_id as "externalId", w.year from work w
    where w.catalogue_id = ${catalogueId}::uuid and w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version})
      and (${kind} = 'all' or exists (select from notice_scope_work x where x.scope_id = ${id}::uuid and x.work_id = w.work_id))
      and (${left === works} or not exists (select from outcome_cell c
        where c.notice_id = ${noticeId}::uuid and c.work_id = w.work_id and c.outcome = 'withdrawn'))
    order by w.work_id limit ${worksShown}`
}
