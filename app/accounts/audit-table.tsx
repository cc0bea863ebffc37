import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { FilterDay, FilterRow, FilterSelect } from '#app/ui/filter-row.tsx'
import { Moment } from '#app/ui/when.tsx'

import { auditGroupNames, type AuditLine, type AuditQuery } from './audit.ts'
import { auditActor, auditGroupWords, auditSentence } from './audit-words.ts'

type FilterProps = { asked: AuditQuery; people: readonly { id: string; name: string }[]; clear: string | undefined }

/** Narrows the record to a person, a part and days. */
export function AuditFilter({ asked, people, clear }: FilterProps) {
  return (
    <FilterRow label={m.audit_filter()} clear={clear}>
      <FilterSelect
        name="person"
        label={m.audit_person()}
        any={m.audit_anybody()}
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={asked.person ?? undefined}
      />
      <FilterSelect
        name="group"
        label={m.audit_group()}
        any={m.audit_anything()}
        options={auditGroupNames.map((group) => ({ value: group, label: auditGroupWords[group]() }))}
        value={asked.group ?? undefined}
      />
      <FilterDay name="from" label={m.audit_from_day()} value={asked.from ?? undefined} />
      <FilterDay name="to" label={m.audit_to_day()} value={asked.to ?? undefined} />
    </FilterRow>
  )
}

/** The record of an organisation: when, who, what, from where. */
export function AuditTable({ lines, timeZone }: { lines: readonly AuditLine[]; timeZone: string }) {
  return <DataTable columns={columnsOf(timeZone)} rows={lines} rowKey={({ id }) => id} caption={m.audit_tab()} />
}

function columnsOf(timeZone: string): readonly Column<AuditLine>[] {
  return [
    {
      key: 'when',
      head: m.audit_when(),
      kind: 'row',
      width: 'c-mid',
      cell: ({ at }) => <Moment at={at} timeZone={timeZone} />,
    },
    { key: 'who', head: m.audit_who(), cell: (line) => auditActor(line) },
    { key: 'what', head: m.audit_what(), width: 'c-wide', cell: (line) => auditSentence(line) },
    { key: 'from', head: m.audit_from_where(), cell: (line) => originOf(line) },
  ]
}

function originOf({ networkAddress, browser }: AuditLine): string {
  return [networkAddress, browser].filter((part) => part !== null).join(', ')
}
