import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { formatDateTime, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { isRecallable, isWaiting, type FilingRecord } from './filing-record.ts'

/** What the reader's role lets him or her do with a filing. */
export interface FilingRights {
  readonly mayRecall: boolean
  readonly mayApprove: boolean
}

interface StateProps extends FilingRights {
  readonly filing: FilingRecord
  readonly timeZone: string
}

/** Where a filing stands before its letters leave, with the way on and the way back. */
export function FilingState(props: StateProps) {
  const { filing, timeZone, mayRecall } = props
  if (filing.recalledAt !== null) return <CameBack filing={filing} timeZone={timeZone} />
  if (isWaiting(filing)) return <Waits {...props} />
  if (filing.notices.every(({ stage }) => stage === 'withdrawn')) return <p>{m.notices_now_ended()}</p>
  if (!isRecallable(filing)) return <p>{m.filing_on_its_way()}</p>
  const at = formatDateTime(filing.sendAt, timeZone, { weekday: true })
  return (
    <div className="now">
      <p>
        <b>{m.filing_sent_unless({ at })}</b>
        <br />
        {m.filing_recall_effect()}
      </p>
      {mayRecall && (
        <form method="post">
          <Button look="risk">{m.filing_recall()}</Button>
        </form>
      )}
    </div>
  )
}

function CameBack({ filing, timeZone }: Pick<StateProps, 'filing' | 'timeZone'>) {
  const { draftId, returnedNote } = filing
  return (
    <Note tone={returnedNote === null ? 'info' : 'question'} status>
      <p>
        {cameBackWords(filing, timeZone)}
        {sentenceGap()}
        {draftId !== null && <a href={`/filings/${draftId}/check`}>{m.filing_open_draft()}</a>}
      </p>
      {returnedNote !== null && <p className="typed">{returnedNote}</p>}
    </Note>
  )
}

function cameBackWords({ recalledAt, returnedAt, returnedBy, returnedNote }: FilingRecord, timeZone: string): string {
  if (recalledAt === null) return ''
  if (returnedAt === null) return m.filing_recalled({ at: formatDateTime(recalledAt, timeZone) })
  const at = formatDateTime(returnedAt, timeZone)
  if (returnedNote === null) return m.approvals_taken_back({ at })
  return returnedBy === null ? m.approvals_returned({ at }) : m.approvals_returned_by({ name: returnedBy, at })
}

function Waits({ filing, mayRecall, mayApprove }: StateProps) {
  const { approvers, own, reference } = filing
  return (
    <div className="now">
      <p>
        <b>{m.approvals_waits()}</b>
        <br />
        {approvers.length === 0
          ? m.approvals_waits_for_nobody()
          : m.approvals_waits_for({ names: approvers.join(m.approvals_names_or()) })}
        {own && mayRecall && ` ${m.approvals_take_back_effect()}`}
      </p>
      {!own && mayApprove && (
        <LinkButton look="go" href={`/approvals/${reference}`}>
          {m.approvals_read()}
        </LinkButton>
      )}
      {own && mayRecall && (
        <form method="post">
          <Button look="risk" name="intent" value="take-back">
            {m.approvals_take_back()}
          </Button>
        </form>
      )}
    </div>
  )
}
