import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import type { Option } from '#app/ui/fields.tsx'
import { FilterRow, FilterSelect, FilterText } from '#app/ui/filter-row.tsx'
import { nameIn } from '#app/ui/language-of.ts'
import type { NoticesPage } from './find-notices.server.ts'
import { noticeKinds } from './legal-bases/basis.ts'
import { isFiltered, type NoticesFilter } from './notices-query.ts'
import { noticeOutcomes } from './outcomes.ts'
import { stages } from './stages.ts'
import { kindWords, resultWords, stageWords, waitingWords } from './wording.ts'

// What cannot come about yet is not asked for.
const unoffered = new Set(['verifying'])

type Side = NoticesPage['side']

/** What the list shows, as a sentence of menus. */
export function NoticesFilterRow({
  filter,
  page,
}: {
  filter: NoticesFilter
  page: Pick<NoticesPage, 'parties' | 'side'>
}) {
  return (
    <FilterRow label={m.notices_list_filter()} clear={isFiltered(filter) ? '/notices' : undefined}>
      <FilterText name="q" label={m.notices_list_search()} value={filter.q} />
      {questions(page).map(({ name, ...question }) => (
        <FilterSelect key={name} name={name} value={filter[name]} {...question} />
      ))}
    </FilterRow>
  )
}

interface Question {
  readonly name: 'stage' | 'outcome' | 'party' | 'kind' | 'overdue' | 'bounced' | 'waiting'
  readonly label: string
  readonly any: string
  readonly options: readonly Option[]
}

function questions({ side, parties }: Pick<NoticesPage, 'parties' | 'side'>): Question[] {
  return [
    {
      name: 'stage',
      label: m.notices_list_stage(),
      any: m.notices_list_any_stage(),
      options: stages.filter((stage) => !unoffered.has(stage)).map((value) => ({ value, label: stageWords[value]() })),
    },
    {
      name: 'outcome',
      label: m.notices_list_outcome(),
      any: m.notices_list_any_outcome(),
      options: noticeOutcomes.map((value) => ({ value, label: resultWords[value]() })),
    },
    { name: 'party', ...partyWords(side), options: partyOptions(parties) },
    {
      name: 'kind',
      label: m.notices_list_kind(),
      any: m.notices_list_any_kind(),
      options: noticeKinds.map((value) => ({ value, label: kindWords[value]() })),
    },
    {
      name: 'overdue',
      label: m.notices_list_late(),
      any: m.notices_list_any_late(),
      options: [
        { value: 'any', label: m.notices_list_late_any() },
        { value: 'acknowledgement', label: m.notices_list_late_acknowledgement() },
        { value: 'decision', label: m.notices_list_late_decision() },
        { value: 'very', label: m.clocks_list_very() },
        { value: 'unresponsive', label: m.clocks_list_unresponsive() },
      ],
    },
    {
      name: 'bounced',
      label: m.notices_list_bounced(),
      any: m.notices_list_any_bounced(),
      options: [{ value: 'yes', label: m.notices_list_bounced_yes() }],
    },
    {
      name: 'waiting',
      label: m.notices_list_waiting(),
      any: m.notices_list_any_waiting(),
      options: (['holder', 'vendor', 'nobody'] as const).map((value) => ({ value, label: waitingWords[value]() })),
    },
  ]
}

function partyWords(side: Side): Pick<Question, 'label' | 'any'> {
  return side === 'holder'
    ? { label: m.notices_list_vendor(), any: m.notices_list_any_vendor() }
    : { label: m.notices_list_holder(), any: m.notices_list_any_holder() }
}

function partyOptions(parties: NoticesPage['parties']): Option[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  return parties.map(({ id, name, nameOther }) => ({ value: id, label: nameIn(locale, name, nameOther) }))
}
