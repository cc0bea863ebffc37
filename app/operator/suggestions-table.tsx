import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { DateOf } from '#app/ui/when.tsx'
import type { Suggestion } from './find-suggestions.server.ts'

/** Addresses that holders gave for vendors whose contact did not work. */
export function SuggestionsTable({ rows, timeZone }: { rows: readonly Suggestion[]; timeZone: string }) {
  return (
    <DataTable rows={rows} rowKey={({ id }) => id} columns={columnsOf(timeZone)} caption={m.replies_suggestions()} />
  )
}

function columnsOf(timeZone: string): Column<Suggestion>[] {
  return [
    {
      key: 'vendor',
      head: m.replies_suggestion_vendor(),
      kind: 'row',
      cell: ({ vendor, slug }) => <a href={`/operator/directory/${slug}`}>{vendor}</a>,
    },
    { key: 'address', head: m.replies_fix_address(), cell: ({ address }) => <code>{address}</code> },
    { key: 'source', head: m.replies_fix_source(), cell: ({ source }) => <span className="typed">{source}</span> },
    {
      key: 'by',
      head: m.replies_suggestion_by(),
      cell: ({ holder, givenAt }) => (
        <>
          {holder}
          <span className="t-id">
            <DateOf at={givenAt} timeZone={timeZone} />
          </span>
        </>
      ),
    },
    {
      key: 'act',
      head: m.operator_mail_column_act(),
      cell: ({ id }) => (
        <form method="post" className="bs">
          <input type="hidden" name="suggestionId" value={id} />
          <Button name="intent" value="confirm">
            {m.replies_suggestion_confirm()}
          </Button>
          <Button name="intent" value="take">
            {m.replies_suggestion_take()}
          </Button>
          <Button name="intent" value="decline" look="bare">
            {m.replies_suggestion_decline()}
          </Button>
        </form>
      ),
    },
  ]
}
