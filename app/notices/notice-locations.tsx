import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'

interface Line {
  readonly url: string
  readonly work: string | null
}

/** Where the outputs are that a notice complains of; nothing where it points to none. Addresses are text: nobody is led there by a click. */
export function NoticeLocations({
  locations,
  count,
  file,
}: {
  locations: readonly Line[]
  count: number
  file: string
}) {
  if (count === 0) return null
  const lines = locations.map((location, index) => ({ ...location, position: index + 1 }))
  return (
    <Section id="locations" title={m.notices_locations_title()} aside={formatNumber(count)}>
      <DataTable
        rows={lines}
        rowKey={({ position }) => String(position)}
        columns={columnsNow()}
        caption={m.notices_locations_title()}
      />
      <TableFoot
        shown={m.notices_locations_shown({ shown: formatNumber(lines.length), count: formatNumber(count) })}
        pages={{}}
        file={<a href={file}>{m.notices_locations_csv()}</a>}
      />
    </Section>
  )
}

function columnsNow(): readonly Column<Line & { readonly position: number }>[] {
  return [
    {
      key: 'url',
      head: m.notices_locations_address(),
      kind: 'row',
      cell: ({ url }) => <code>{url}</code>,
    },
    {
      key: 'work',
      head: m.notices_locations_work(),
      width: 'c-wide',
      cell: ({ work }) => (work === null ? m.notices_locations_no_work() : <Name>{work}</Name>),
    },
  ]
}
