import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import type { DuplicateChoice } from '#app/notices/duplicates.ts'
import { Button } from '#app/ui/button.tsx'
import { RadioField } from '#app/ui/choices.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'

interface Pair {
  readonly memberId: string
  readonly member: string
  readonly memberOther: string | null
  readonly vendorId: string
  readonly vendor: string
  readonly vendorOther: string | null
  readonly references: readonly string[]
}

interface RepeatedProps {
  readonly pairs: readonly Pair[]
  /** There are more than are shown. */
  readonly more: boolean
  readonly chosen: DuplicateChoice | null
  readonly revision: number
  readonly mayChoose: boolean
}

/** Members of whose works a vendor is asked already, and the one choice for all of them. */
export function CollectiveRepeated({ pairs, more, chosen, revision, mayChoose }: RepeatedProps) {
  if (pairs.length === 0) return null
  const count = formatNumber(pairs.length)
  return (
    <Section
      id="duplicates"
      title={m.filing_duplicates_title()}
      aside={more ? m.collective_repeated_more({ count }) : count}
    >
      <p>{m.collective_repeated_lead()}</p>
      <DataTable
        rows={pairs}
        rowKey={({ memberId, vendorId }) => `${memberId} ${vendorId}`}
        columns={columns()}
        caption={m.filing_duplicates_title()}
      />
      {mayChoose && (
        <form method="post" className="fs gap">
          <input type="hidden" name="revision" value={revision} />
          <RadioField
            field={{ id: 'choice', name: 'choice', initialValue: chosen ?? '' }}
            label={m.collective_repeated_choice()}
            choices={[
              { value: 'link', label: m.filing_duplicates_link(), help: m.filing_duplicates_link_help() },
              { value: 'skip', label: m.collective_repeated_skip(), help: m.collective_repeated_skip_help() },
              {
                value: 'supersede',
                label: m.collective_repeated_supersede(),
                help: m.collective_repeated_supersede_help(),
              },
            ]}
          />
          <div className="bs">
            <Button name="intent" value="duplicates">
              {m.collective_repeated_act()}
            </Button>
          </div>
        </form>
      )}
    </Section>
  )
}

function columns(): readonly Column<Pair>[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  return [
    {
      key: 'member',
      head: m.collective_member(),
      kind: 'row',
      cell: ({ member, memberOther }) => <Name>{nameIn(locale, member, memberOther)}</Name>,
    },
    {
      key: 'vendor',
      head: m.collective_vendor(),
      cell: ({ vendor, vendorOther }) => <Name>{nameIn(locale, vendor, vendorOther)}</Name>,
    },
    {
      key: 'notices',
      head: m.collective_repeated_notices(),
      cell: ({ references }) => (
        <ul className="lines">
          {references.map((reference) => (
            <li key={reference}>
              <a className="ref" href={`/notices/${reference}`}>
                {reference}
              </a>
            </li>
          ))}
        </ul>
      ),
    },
  ]
}
