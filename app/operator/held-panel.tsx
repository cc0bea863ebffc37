import { m } from '#app/generated/messages/messages.js'
import type { HeldMail } from '#app/mail/find-held.server.ts'
import { Button } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatDateTime, formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'

import { mailKindWord } from './wording.ts'

/** How many held mails are listed at most. */
export const mostHeldShown = 200

type HeldProps = {
  held: { backupMadeAt: Date; restoredAt: Date; mails: readonly HeldMail[] }
  timeZone: string
}

/** What a restore holds back, and the act that lets it go. */
export function HeldPanel({ held: { backupMadeAt, restoredAt, mails }, timeZone }: HeldProps) {
  const taken = formatDateTime(backupMadeAt, timeZone)
  return (
    <Section id="held" title={m.privacy_held_title()}>
      <div className="stack tight">
        <Note tone="question">
          <p>{m.privacy_held_lead({ taken, restored: formatDateTime(restoredAt, timeZone) })}</p>
          <p>{m.privacy_held_younger()}</p>
        </Note>
        <form method="post" className="stack tight">
          <input type="hidden" name="intent" value="release" />
          {mails.length === 0 ? (
            <p>{m.privacy_held_none()}</p>
          ) : (
            <DataTable
              columns={columnsOf(timeZone)}
              rows={mails}
              rowKey={({ id }) => id}
              caption={m.privacy_held_title()}
            />
          )}
          {mails.length >= mostHeldShown && <p>{m.privacy_held_more({ count: formatNumber(mostHeldShown) })}</p>}
          <p>{m.privacy_held_effect()}</p>
          <div>
            <Button look="go">{m.privacy_held_act()}</Button>
          </div>
        </form>
      </div>
    </Section>
  )
}

function columnsOf(timeZone: string): readonly Column<HeldMail>[] {
  return [
    { key: 'kind', head: m.operator_mail_column_kind(), kind: 'row', cell: ({ kind }) => mailKindWord(kind) },
    { key: 'to', head: m.operator_mail_column_to(), cell: ({ toAddress }) => toAddress ?? m.privacy_held_readers() },
    {
      key: 'notice',
      head: m.operator_mail_column_notice(),
      cell: ({ reference }) => (reference === null ? '' : <span className="ref">{reference}</span>),
    },
    {
      key: 'made',
      head: m.privacy_held_made(),
      cell: ({ createdAt }) => <Moment at={createdAt} timeZone={timeZone} />,
    },
    {
      key: 'back',
      head: m.privacy_held_back(),
      cell: ({ id, kind, toAddress, isMail, createdAt }) => (
        <>
          <input
            type="checkbox"
            name="heldBack"
            value={id}
            aria-label={m.privacy_held_back_named({
              kind: mailKindWord(kind),
              address: toAddress ?? m.privacy_held_readers(),
              date: formatDateTime(createdAt, timeZone),
            })}
          />
          {!isMail && <span className="muted"> {m.privacy_held_owed()}</span>}
        </>
      ),
    },
  ]
}
