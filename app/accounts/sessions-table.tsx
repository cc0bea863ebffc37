import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Moment } from '#app/ui/when.tsx'

type Row = { id: string; signedInAt: Date; expiresAt: Date; browser: string | undefined; isThis: boolean }

/** Where a person is signed in, newest first. */
export function SessionsTable({ sessions, timeZone }: { sessions: readonly Row[]; timeZone: string }) {
  return (
    <DataTable
      caption={m.accounts_settings_sessions_title()}
      columns={columnsIn(timeZone)}
      rows={sessions}
      rowKey={({ id }) => id}
    />
  )
}

function columnsIn(timeZone: string): Column<Row>[] {
  return [
    {
      key: 'browser',
      head: m.accounts_settings_session_browser(),
      kind: 'row',
      cell: ({ browser, isThis }) => (
        <>
          {browser ?? m.accounts_settings_session_unknown()}
          {isThis && <span className="faint"> ({m.accounts_settings_session_this()})</span>}
        </>
      ),
    },
    {
      key: 'since',
      head: m.accounts_settings_session_since(),
      cell: ({ signedInAt }) => <Moment at={signedInAt} timeZone={timeZone} />,
    },
    {
      key: 'until',
      head: m.accounts_settings_session_until(),
      cell: ({ expiresAt }) => <Moment at={expiresAt} timeZone={timeZone} />,
    },
    {
      key: 'acts',
      head: m.security_session_acts(),
      cell: ({ id, isThis, browser }) =>
        isThis ? (
          ''
        ) : (
          <form method="post">
            <input type="hidden" name="sessionId" value={id} />
            <button
              type="submit"
              className="b bare"
              name="act"
              value="end-one"
              aria-label={m.security_session_end_one({ browser: browser ?? m.accounts_settings_session_unknown() })}
            >
              {m.security_session_end()}
            </button>
          </form>
        ),
    },
  ]
}
