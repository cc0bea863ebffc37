import { m } from '#app/generated/messages/messages.js'
import { Facts } from '#app/ui/facts.tsx'
import { formatDate, formatDateTime, formatDay, formatDayInFull, formatNumber, sentenceGap } from '#app/ui/format.ts'
import { cityOf } from '#app/ui/cities.ts'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { Title } from '#app/ui/title.tsx'
import type { LinkNotice, LinkPage } from './find-link-notice.server.ts'
import type { LinkAgain } from './link-again.tsx'
import { LinkConversation } from './link-conversation.tsx'
import { FirstAnswers, LaterAnswers } from './link-forms.tsx'
import type { LinkDone } from './link-answers.ts'
import { doneByLink, nameHere, verifiedWords, whoAsks, worksWord } from './link-words.ts'
import { Bases } from './notice-bases.tsx'
import { NoticeEvidence } from './notice-evidence.tsx'
import { NoticeLocations } from './notice-locations.tsx'
import { QuestionThread } from './question-thread.tsx'
import { measureWords, whatIsAsked } from './wording.ts'

type ViewProps = {
  page: LinkPage
  done: LinkDone | null
  again: LinkAgain
  said: string | null
  path: string
  host: string
}

/** The page that a contact opens from the mail: who asks what, by when, and the answers. */
export function LinkPageView(props: ViewProps) {
  const { page, path, host } = props
  const { notice, link } = page
  return (
    <>
      <p className="crumbs">
        {m.mails_answer_crumb({ reference: '' })}
        <span className="ref">{notice.reference}</span>
        {notice.servedAt !== null &&
          ` · ${m.mails_answer_served_on({ on: formatDate(notice.servedAt, notice.timeZone) })}`}
      </p>
      <h1>{whoAsks(notice)}</h1>
      <p className="muted lead">
        {canAnswer(page)
          ? m.mails_answer_lead({ address: link.address })
          : m.mails_answer_lead_short({ address: link.address })}
      </p>
      <div className="stack">
        <Standing {...props} />
        <Asked notice={notice} path={path} />
        <NoticeLocations locations={notice.locations} count={notice.locationsCount} file={`${path}/locations.csv`} />
        <Questions page={page} path={path} />
        <LinkConversation page={page} path={path} />
        <Answers {...props} />
        <NoticeEvidence pieces={page.evidence} timeZone={notice.timeZone} base={`${path}/evidence`} />
        <Works page={page} path={path} />
        <Who notice={notice} host={host} />
      </div>
    </>
  )
}

const ended: ReadonlySet<string> = new Set(['withdrawn', 'superseded', 'closed', 'verifying'])

function canAnswer({ link, notice }: LinkPage): boolean {
  return !link.readOnly && !ended.has(notice.stage)
}

// What was done comes first, then what stands in the way of an answer, then what is due.
function Standing({ page: { link, notice }, done, said }: ViewProps) {
  if (said !== null)
    return (
      <Note tone="late" status>
        <p>{said}</p>
      </Note>
    )
  const next = nextWords(notice)
  if (done !== null)
    return (
      <Note tone="agreed" status>
        <p>
          <b>{doneByLink[done]()}</b>
          {sentenceGap()}
          {done === 'acknowledged' || done === 'referenced' ? next : ''}
        </p>
      </Note>
    )
  if (notice.stage === 'withdrawn') return <Plain>{m.mails_answer_withdrawn()}</Plain>
  if (notice.successor !== null) return <Plain>{m.mails_answer_superseded({ reference: notice.successor })}</Plain>
  if (link.readOnly) return <Plain>{m.mails_answer_read_only()}</Plain>
  if (notice.decided !== null || notice.acknowledged !== null)
    return <Plain>{`${answeredBy(notice)}${sentenceGap()}${next}`}</Plain>
  return <Due notice={notice} />
}

function nextWords({ stage, holder, decideBy, decided, late }: LinkNotice): string {
  if (stage === 'clarification_needed') return m.questions_now_vendor({ holder: nameHere(holder) })
  if (decideBy === null || decided !== null) return ''
  return (late.decide ? m.mails_answer_late_decide : m.mails_answer_next_decide)({ on: formatDayInFull(decideBy) })
}

function Plain({ children }: { children: string }) {
  return (
    <Note tone="info">
      <p>{children}</p>
    </Note>
  )
}

function answeredBy({ acknowledged, decided, timeZone, vendorReference }: LinkNotice): string {
  const given = decided ?? acknowledged
  if (given === null) return ''
  const at = formatDateTime(given.at, timeZone)
  const words =
    decided === null
      ? ([m.mails_answer_by, m.mails_answer_by_nobody] as const)
      : ([m.mails_answer_decided_by, m.mails_answer_decided_by_nobody] as const)
  const who = given.name === null ? words[1]({ at }) : words[0]({ name: given.name, at })
  return vendorReference === null
    ? who
    : `${who}${sentenceGap()}${m.mails_answer_their_reference({ reference: vendorReference })}`
}

function Due({ notice: { acknowledgeBy, decideBy, late, timeZone } }: { notice: LinkNotice }) {
  if (acknowledgeBy === null || decideBy === null) return null
  const city = cityOf(timeZone, getLocale() === 'ja' ? 'ja' : 'en')
  return (
    <Note tone={late.acknowledge ? 'late' : 'question'}>
      <p>
        <b>
          {(late.acknowledge ? m.mails_answer_late_title : m.mails_answer_due_title)({
            on: formatDayInFull(acknowledgeBy),
          })}
        </b>
        {sentenceGap()}
        {m.mails_answer_due_rest({ on: formatDay(decideBy), city })}
      </p>
    </Note>
  )
}

function Asked({ notice, path }: { notice: LinkNotice; path: string }) {
  return (
    <Section id="asked" title={m.mails_what_is_asked()}>
      <ol className="ask m">
        {notice.measures.map(({ measure, detail }) => (
          <li key={measure}>
            <b>{measureWords[measure]()}</b>
            <span>{whatIsAsked({ measure, detail })}</span>
          </li>
        ))}
      </ol>
      <p className="cap gap">
        {m.mails_each_measure()} <a href={`${path}/letter`}>{m.mails_answer_letter()}</a>
      </p>
    </Section>
  )
}

function Answers({ page, again, path }: ViewProps) {
  const { notice } = page
  if (!canAnswer(page)) return null
  return (
    <Section id="answer" title={m.mails_answer_yours()}>
      {notice.acknowledged === null ? (
        <FirstAnswers page={page} again={again} />
      ) : (
        <LaterAnswers page={page} again={again} mayDecline={notice.decided === null} />
      )}
      <p className="gap">
        <a href={`${path}/answers`}>{m.sheets_link_open()}</a>
      </p>
      {notice.decided === null && (
        <p className="gap">
          {m.mails_answer_or_sign_in({ vendor: nameHere(notice.vendor) })}
          {sentenceGap()}
          <a href={`/sign-in?next=/notices/${notice.reference}/answer`}>{m.mails_answer_sign_in()}</a>
        </p>
      )}
      <p className="cap gap">{m.mails_answer_kept()}</p>
    </Section>
  )
}

function Questions({ page: { notice, questions }, path }: { page: LinkPage; path: string }) {
  if (questions.length === 0) return null
  const names = { vendor: nameHere(notice.vendor), holder: nameHere(notice.holder) }
  return (
    <Section id="questions" title={m.questions_title()}>
      <QuestionThread questions={questions} reader={{ names, timeZone: notice.timeZone, base: `${path}/questions` }} />
    </Section>
  )
}

function Works({ page: { notice, works }, path }: { page: LinkPage; path: string }) {
  const gone = notice.works - notice.left
  return (
    <Section
      id="works"
      title={m.mails_answer_works()}
      aside={<a href={`${path}/works.csv`}>{m.mails_answer_works_csv({ works: worksWord(notice.left) })}</a>}
    >
      <div className="scroll">
        <table>
          <caption className="sr">{m.mails_answer_works_caption()}</caption>
          <tbody>
            {works.map(({ title, externalId, year }) => (
              <tr key={externalId}>
                <th scope="row">
                  <Title title={title} under={[externalId, year]} />
                </th>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="foot">
        <span>
          {m.mails_answer_works_shown({ shown: formatNumber(works.length), count: formatNumber(notice.left) })}
          {gone > 0 && ` · ${m.mails_answer_works_gone({ works: worksWord(gone) })}`}
        </span>
      </p>
    </Section>
  )
}

function Who({ notice: { holder, signatory, bases }, host }: { notice: LinkNotice; host: string }) {
  const name = nameHere(holder)
  return (
    <Section id="who" title={m.mails_answer_who()}>
      <Facts
        facts={[
          [m.notices_facts_basis(), <Bases key="bases" bases={bases} />],
          [
            m.mails_answer_holder(),
            holder.locality === null ? name : m.mails_name_in_place({ name, place: holder.locality }),
          ],
          [m.mails_answer_verified(), verifiedWords(holder)],
          [m.mails_answer_signed_by(), m.mails_answer_signed(signatory)],
        ]}
      />
      <p className="gap">{m.mails_answer_check({ host })}</p>
    </Section>
  )
}

/** In place of a page whose link opens nothing: why, and how to get a new one; nothing about any notice. */
export function LinkGone({ because }: { because: 'unknown' | 'expired' | 'revoked' }) {
  const why = {
    unknown: m.mails_answer_gone_unknown,
    expired: m.mails_answer_gone_expired,
    revoked: m.mails_answer_gone_revoked,
  }[because]()
  return (
    <>
      <h1>{m.mails_answer_gone_title()}</h1>
      <p className="lead">{why}</p>
      <p>{m.mails_answer_gone_new()}</p>
    </>
  )
}
