import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Details } from '#app/ui/details.tsx'
import { formatDateTime, formatNumber } from '#app/ui/format.ts'
import type { IconName, Tone } from '#app/ui/icons.ts'
import { Moment } from '#app/ui/when.tsx'

import { isAmbiguous, mayRetry, type MailRow, type MailStatus } from './mails.ts'
import { attemptWords, mailKindWord, mailStatusWords } from './wording.ts'

const signs: Partial<Record<MailStatus, readonly [IconName, Tone]>> = {
  bounced: ['w-bounced', 'late'],
  failed: ['w-bounced', 'late'],
  deferred: ['w-due', 'question'],
  accepted: ['s-sent', 'ink'],
  delivered: ['i-check', 'agreed'],
  queued: ['s-queued', 'ink'],
  sending: ['s-queued', 'ink'],
}

/** Outgoing mails with what became of each. */
export function MailsTable({ mails, timeZone }: { mails: readonly MailRow[]; timeZone: string }) {
  return (
    <DataTable columns={columns(timeZone)} rows={mails} rowKey={({ id }) => id} caption={m.operator_mail_title()} />
  )
}

function columns(timeZone: string): readonly Column<MailRow>[] {
  return [
    {
      key: 'to',
      head: m.operator_mail_column_to(),
      kind: 'row',
      width: 'c-mid',
      cell: ({ toAddress, createdAt }) => (
        <>
          <code>{toAddress}</code>
          <span className="t-id">{m.operator_mail_created({ date: formatDateTime(createdAt, timeZone) })}</span>
        </>
      ),
    },
    { key: 'kind', head: m.operator_mail_column_kind(), cell: ({ kind }) => mailKindWord(kind) },
    {
      key: 'notice',
      head: m.operator_mail_column_notice(),
      kind: 'nowrap',
      cell: ({ reference }) =>
        reference === null ? (
          <span className="faint">{m.operator_mail_no_answer()}</span>
        ) : (
          <span className="ref">{reference}</span>
        ),
    },
    {
      key: 'state',
      head: m.operator_mail_column_state(),
      cell: (mail) => <MailState mail={mail} timeZone={timeZone} />,
    },
    {
      key: 'answer',
      head: m.operator_mail_column_answer(),
      cell: ({ lastResponse }) =>
        lastResponse === null ? (
          <span className="faint">{m.operator_mail_no_answer()}</span>
        ) : (
          <code>{lastResponse}</code>
        ),
    },
    {
      key: 'attempts',
      head: m.operator_mail_column_attempts(),
      cell: ({ attempts }) => <Attempts attempts={attempts} timeZone={timeZone} />,
    },
    { key: 'act', head: m.operator_mail_column_act(), cell: (mail) => mayRetry(mail) && <Retry mail={mail} /> },
  ]
}

function MailState({ mail, timeZone }: { mail: MailRow; timeZone: string }) {
  const sign = signs[mail.status]
  const words = mailStatusWords[mail.status]()
  const waits = mail.status === 'queued' || mail.status === 'deferred'
  return (
    <div>
      {sign === undefined ? (
        words
      ) : (
        <Badge icon={sign[0]} tone={sign[1]} wrap>
          {words}
        </Badge>
      )}
      {waits && (
        <span className="t-id">{m.operator_mail_next({ date: formatDateTime(mail.nextAttemptAt, timeZone) })}</span>
      )}
      {isAmbiguous(mail) && (
        <span className="t-id">
          <Badge icon="w-due" tone="question" wrap>
            {m.operator_mail_ambiguous()}
          </Badge>
        </span>
      )}
    </div>
  )
}

function Attempts({ attempts, timeZone }: { attempts: MailRow['attempts']; timeZone: string }) {
  if (attempts.length === 0) return <span className="faint">{m.operator_mail_no_answer()}</span>
  return (
    <Details summary={m.operator_mail_attempts({ n: attempts.length, count: formatNumber(attempts.length) })}>
      <ol className="m">
        {attempts.map(({ number, startedAt, result, response }) => (
          <li key={number}>
            <Moment at={startedAt} timeZone={timeZone} />
            <span className="t-id">
              {attemptWords[result]()}
              {response !== null && (
                <>
                  {' · '}
                  <code>{response}</code>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Details>
  )
}

function Retry({ mail: { id, toAddress } }: { mail: MailRow }) {
  return (
    <form method="post">
      <input type="hidden" name="mailId" value={id} />
      <button type="submit" className="b" aria-label={m.operator_mail_retry_named({ address: toAddress })}>
        {m.operator_mail_retry()}
      </button>
    </form>
  )
}
