import type { OrganisationKind } from '#app/accounts/organisation.ts'
import { m } from '#app/generated/messages/messages.js'
import { formatDate, formatDay, formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { Name } from '#app/ui/title.tsx'
import { EscalationBadge } from './escalation-badge.tsx'
import type { EscalationFacts } from './escalations.ts'
import { LatenessBadge } from './lateness-badge.tsx'
import { listCrumb } from './list-crumb.ts'
import { arrival, type NoticeView } from './notice-view.ts'
import { ResultBadge } from './outcome-badge.tsx'
import { shownResult } from './outcomes.ts'
import { StageBadge } from './stage-badge.tsx'
import { stanceWords, titleFromHolder, titleToVendor, waitingWords } from './wording.ts'

/** What the notice is and where it stands. */
export function NoticeHead({ view }: { view: NoticeView }) {
  const { notice, side, names } = view
  const title =
    side === 'holder' ? titleToVendor[notice.kind](names.vendor) : titleFromHolder[notice.kind](names.holder)
  return (
    <>
      <PageHead
        tight
        title={<Name>{title}</Name>}
        crumbs={[listCrumb(kindOf(view)), { label: <span className="ref">{notice.reference}</span> }]}
      >
        <span className="ref">{notice.reference}</span> · <Scope view={view} /> ·{' '}
        {m.notices_page_stance({ stance: stanceWords[notice.stance]() })}
      </PageHead>
      <State view={view} />
    </>
  )
}

function kindOf({ side, byOwner }: NoticeView): OrganisationKind {
  if (side === 'vendor') return 'vendor'
  return byOwner ? 'rights_holder' : 'association'
}

// One sentence in each language, with the catalogue as a link for its owner.
function Scope({ view: { notice, byOwner } }: { view: NoticeView }) {
  const works = m.notices_works({ count: formatNumber(notice.works) })
  const sentence = m.notices_page_scope({ works, catalogue: '\uE000', version: String(notice.scope.version) })
  const [before, after] = sentence.split('\uE000')
  return (
    <>
      {before}
      {byOwner ? (
        <a href={`/catalogues/${notice.scope.catalogueId}`}>
          <Name>{notice.catalogue}</Name>
        </a>
      ) : (
        <Name>{notice.catalogue}</Name>
      )}
      {after}
    </>
  )
}

function State({ view }: { view: NoticeView }) {
  const { notice, answers, side } = view
  const final = notice.stage === 'decided' || notice.stage === 'closed'
  return (
    <dl className="state">
      <div>
        <dt>{m.notices_page_stage()}</dt>
        <dd>
          <StageBadge stage={notice.stage} /> <EscalationBadge escalation={view.escalation?.kind ?? 'none'} />
          {view.escalation !== null && <small>{escalatedTo(view.escalation)}</small>}
          <small>{stageSince(view)}</small>
        </dd>
      </div>
      <div>
        <dt>{final ? m.notices_page_outcome_final() : m.notices_page_outcome()}</dt>
        <dd>
          <ResultBadge outcome={shownResult(notice)} />
          {answers.tally !== null && <small>{answered(view)}</small>}
        </dd>
      </div>
      <div className="last">
        <dt>{m.notices_page_waiting()}</dt>
        <dd>
          {waitingWords[notice.waitingOn]()}
          <small>{notice.waitingOn === side ? m.notices_page_your_turn() : m.notices_page_nothing_needed()}</small>
          <LatenessBadge mark={view.mark} />
        </dd>
      </div>
    </dl>
  )
}

function escalatedTo({ where, reference, since }: EscalationFacts): string {
  const place = where ?? m.questions_escalation_erased()
  const date = formatDay(since)
  return reference === null
    ? m.questions_escalation_where({ where: place, date })
    : m.questions_escalation_where_reference({ where: place, reference, date })
}

function stageSince({ notice, record, names, timeZone }: NoticeView): string {
  const line = arrival(record.lines, notice.stage)
  if (!line) return ''
  const date = formatDate(line.at, timeZone, { year: false })
  if (line.actor === 'system') return m.notices_page_since({ date })
  return m.notices_page_set_by({ party: names[line.actor], date })
}

function answered({ notice, answers }: NoticeView): string {
  const all = notice.works * notice.measures.length
  const given = all - (answers.tally?.pending ?? 0)
  return m.notices_page_answered({ answered: formatNumber(given), all: formatNumber(all) })
}
