import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ChecksField } from '#app/ui/choices.tsx'
import { Details } from '#app/ui/details.tsx'
import { columnNames, tableSearch, type TableQuery } from './table-query.ts'
import { columnWords } from './table-words.ts'

/** Chooses the columns: part of the address, so that a saved view and a link keep them. */
export function ColumnsForm({ base, query, byMember }: { base: string; query: TableQuery; byMember: boolean }) {
  const { filter, order, columns } = query
  const offered = columnNames.filter((name) => byMember || name !== 'member')
  return (
    <Details summary={m.bulk_columns()}>
      <form action={base} className="stack tight">
        {[...new URLSearchParams(tableSearch({ filter, order }))].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <ChecksField
          field={{ id: 'columns', name: 'columns', initialValue: [...columns] }}
          label={m.bulk_columns_legend()}
          look="row"
          choices={offered.map((value) => ({ value, label: columnWords[value]() }))}
        />
        <div className="bs">
          <Button>{m.bulk_columns_show()}</Button>
        </div>
      </form>
    </Details>
  )
}
