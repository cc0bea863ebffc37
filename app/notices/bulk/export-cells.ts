import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { shownResult } from '#app/notices/outcomes.ts'
import { dayOf } from '#app/notices/working-days.ts'
import { kindWords, measureWords, resultWords, stageWords, waitingWords } from '#app/notices/wording.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { TableRow } from './find-table.server.ts'
import type { ColumnName } from './table-query.ts'
import { columnWords } from './table-words.ts'

/** What a file of notices says of each: the reference and the kind, then the chosen columns. */
export interface ExportColumns {
  readonly heads: readonly string[]
  readonly cells: (row: TableRow) => readonly string[]
}

/** The columns of a file of notices in the language of whoever reads it; days are those of the organisation. */
export function exportColumns(columns: readonly ColumnName[], timeZone: string): ExportColumns {
  const write = writers(timeZone)
  return {
    heads: [m.notices_list_reference(), m.notices_list_kind(), ...columns.flatMap((name) => headsOf(name))],
    cells: (row) => [row.reference, kindWords[row.kind](), ...columns.flatMap((name) => write[name](row))],
  }
}

function headsOf(name: ColumnName): readonly string[] {
  return name === 'due' ? [m.bulk_export_acknowledge_by(), m.bulk_export_decide_by()] : [columnWords[name]()]
}

function writers(timeZone: string): Record<ColumnName, (row: TableRow) => readonly string[]> {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const named = ({ name, nameOther }: TableRow['member']) => [nameIn(locale, name, nameOther)]
  return {
    member: ({ member }) => named(member),
    vendor: ({ vendor }) => named(vendor),
    works: ({ works }) => [String(works)],
    measures: ({ measures }) => [measures.map((measure) => measureWords[measure]()).join('; ')],
    stage: ({ stage }) => [stageWords[stage]()],
    outcome: (row) => [resultWords[shownResult(row)]()],
    waiting: ({ waitingOn }) => [waitingWords[waitingOn]()],
    due: ({ acknowledgeBy, decideBy }) => [dayText(acknowledgeBy), dayText(decideBy)],
    filed: ({ filedAt }) => [dayOf(filedAt.toISOString(), { timeZone })],
    matter: ({ matterNumber }) => [matterNumber ?? ''],
    theirs: ({ vendorReference }) => [vendorReference ?? ''],
    tags: ({ tags }) => [tags.join('; ')],
    assignee: ({ assignee }) => [assignee ?? ''],
    notes: ({ notes }) => [notes === 0 ? '' : String(notes)],
  }
}

// A day of the database comes as midnight in UTC.
function dayText(day: Date | null): string {
  return day?.toISOString().slice(0, 10) ?? ''
}
