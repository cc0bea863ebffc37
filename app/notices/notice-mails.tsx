import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatDateTime, formatHash } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import type { RecordMail } from './find-record.server.ts'
import type { VendorMail } from './lifecycle.ts'
import { mailAnswer } from './mail-answer.ts'
import { mailStatusWord } from './mail-status.ts'
import type { NoticeView } from './notice-view.ts'

const mailWords: Readonly<Record<string, () => string>> = {
  'notice-served': () => m.notices_mail_notice_served(),
  'collective-served': () => m.collective_mail_carried(),
  'acknowledgement-receipt': () => m.notices_mail_acknowledgement_receipt(),
  'question-answered': () => m.notices_mail_question_answered(),
  'decision-accepted': () => m.notices_mail_decision_accepted(),
  'decision-lapsed': () => m.notices_mail_decision_lapsed(),
  'decision-challenged': () => m.notices_mail_decision_challenged(),
  'works-withdrawn': () => m.notices_mail_works_withdrawn(),
  'evidence-shared': () => m.evidence_mail_kind(),
  'clock-extended': () => m.notices_mail_clock_extended(),
  'notice-superseded': () => m.notices_mail_notice_superseded(),
  'notice-escalated': () => m.notices_mail_notice_escalated(),
  'escalation-ended': () => m.notices_mail_escalation_ended(),
  'notice-withdrawn': () => m.notices_mail_notice_withdrawn(),
  'message-received': () => m.replies_mail_message(),
} satisfies Record<VendorMail | 'collective-served', () => string>

/** The mails that went to the vendor and what became of each; the holder can take every one as it was sent. */
export function NoticeMails({ view: { notice, record, side, timeZone } }: { view: NoticeView }) {
  if (side !== 'holder') return null
  return (
    <Section id="mails" title={m.notices_mails_title()} aside={m.notices_mails_note()}>
      {record.mails.length === 0 ? (
        <p className="muted">{m.notices_mails_none()}</p>
      ) : (
        <DataTable
          rows={record.mails}
          rowKey={({ id }) => id}
          columns={columnsOf(timeZone, `/vendors/${notice.vendor.slug}/fix-contact`)}
        />
      )}
    </Section>
  )
}

function columnsOf(timeZone: string, mend: string): Column<RecordMail>[] {
  return [
    { key: 'what', head: m.notices_mails_what(), kind: 'row', cell: ({ kind }) => nameOf(kind) },
    { key: 'to', head: m.notices_mails_to(), cell: ({ to }) => <code>{to}</code> },
    {
      key: 'state',
      head: m.notices_mails_state(),
      cell: (mail) => <Delivery mail={mail} timeZone={timeZone} mend={mend} />,
    },
    { key: 'file', head: m.notices_mails_file(), cell: (mail) => <AsSent mail={mail} /> },
  ]
}

function Delivery({ mail, timeZone, mend }: { mail: RecordMail; timeZone: string; mend: string }) {
  const { status, answer } = mail
  const failed = status === 'bounced' || status === 'failed'
  const at = mail.failedAt ?? mail.deliveredAt ?? mail.acceptedAt ?? mail.createdAt
  return (
    <div>
      {failed ? (
        <Badge icon="w-bounced" tone="late">
          {mailStatusWord(status)}
        </Badge>
      ) : (
        mailStatusWord(status)
      )}
      {mail.delayedAt !== null && status === 'accepted' && (
        <>
          {' '}
          <Badge icon="w-due" tone="question">
            {m.replies_mail_delayed()}
          </Badge>
        </>
      )}
      <span className="t-id">
        <time dateTime={at}>{formatDateTime(at, timeZone)}</time>
        {answer !== null && answer !== '' && ` · ${mailAnswer(answer)}`}
      </span>
      {failed && mail.kind === 'collective-served' && <a href={mend}>{m.notices_now_fix_contact()}</a>}
      {failed && mail.kind !== 'collective-served' && (
        <form method="post" action={`/mails/${mail.id}/retry`}>
          <Button>{m.notices_mails_retry()}</Button>
        </form>
      )}
    </div>
  )
}

function AsSent({ mail: { id, kind, to, sha256, elsewhere } }: { mail: RecordMail }) {
  if (sha256 === null) return null
  if (elsewhere) {
    return (
      <div>
        <small>{m.collective_mail_carried_help()}</small>
        <span className="t-id hash">{formatHash(sha256)}</span>
      </div>
    )
  }
  return (
    <div>
      <a href={`/mails/${id}.eml`} aria-label={m.notices_mails_download_of({ what: nameOf(kind), to })}>
        {m.notices_mails_download()}
      </a>
      <span className="t-id hash">{formatHash(sha256)}</span>
    </div>
  )
}

function nameOf(kind: string): string {
  return mailWords[kind]?.() ?? kind
}
