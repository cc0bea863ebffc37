import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { RadioField } from '#app/ui/choices.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { choiceFor, undecided, type VendorDuplicates } from './duplicates.ts'
import type { FilingView } from './filing-view.ts'
import { StageBadge } from './stage-badge.tsx'
import { measureWords } from './wording.ts'

/** What is asked a second time, vendor by vendor, with nothing chosen beforehand. */
export function FilingDuplicates({ view, missing }: { view: FilingView; missing: readonly string[] }) {
  const { duplicates, draft } = view.preview
  if (duplicates.length === 0) return null
  const open = undecided(duplicates, draft.content.duplicates).length > 0
  return (
    <Section id="duplicates" title={m.filing_duplicates_title()}>
      <Note tone={open ? 'question' : 'agreed'}>
        <p>{open ? m.filing_duplicates_lead() : m.filing_duplicates_kept()}</p>
      </Note>
      <form method="post" className="fs gap" noValidate>
        {duplicates.map((each) => (
          <OneVendor key={each.vendorId} view={view} duplicates={each} isMissing={missing.includes(each.vendorId)} />
        ))}
        {view.mayFile && (
          <div className="bs">
            <Button name="intent" value="duplicates">
              {m.filing_duplicates_act()}
            </Button>
          </div>
        )}
      </form>
    </Section>
  )
}

function OneVendor({
  view,
  duplicates,
  isMissing,
}: {
  view: FilingView
  duplicates: VendorDuplicates
  isMissing: boolean
}) {
  const { facts, draft } = view.preview
  const { vendorId, works, covered, measures, seen } = duplicates
  const vendor = facts.vendors.find(({ id }) => id === vendorId)?.name ?? ''
  const total = facts.works?.count ?? 0
  const skip = {
    value: 'skip',
    label:
      covered === total
        ? m.filing_duplicates_skip_all()
        : m.filing_duplicates_skip({ count: formatNumber(covered), n: covered, left: formatNumber(total - covered) }),
    help: m.filing_duplicates_skip_help(),
  }
  const supersede = {
    value: 'supersede',
    label: m.questions_duplicates_supersede(),
    help: m.questions_duplicates_supersede_help({ vendor }),
  }
  const link = { value: 'link', label: m.filing_duplicates_link(), help: m.filing_duplicates_link_help() }
  return (
    <div>
      <input type="hidden" name="vendor" value={`${vendorId}:${seen}`} />
      <RadioField
        field={{
          id: `choice-${vendorId}`,
          name: `choice-${vendorId}`,
          initialValue: choiceFor(duplicates, draft.content.duplicates) ?? '',
          errors: isMissing ? [m.filing_duplicates_missing()] : [],
        }}
        label={m.filing_duplicates_vendor({
          count: formatNumber(works),
          n: works,
          total: formatNumber(total),
          vendor,
          measures: measures.map((measure) => measureWords[measure]()).join(m.filing_list_comma()),
        })}
        choices={covered > 0 ? [skip, link, supersede] : [link, supersede]}
      />
      {covered === 0 && <p className="cap">{m.filing_duplicates_none_covered()}</p>}
      <Earlier duplicates={duplicates} />
    </div>
  )
}

function Earlier({ duplicates: { notices, noticesCount } }: { duplicates: VendorDuplicates }) {
  const more = noticesCount - notices.length
  return (
    <ul className="cap">
      {notices.map(({ reference, stage }) => (
        <li key={reference}>
          <a className="ref" href={`/notices/${reference}`}>
            {reference}
          </a>{' '}
          <StageBadge stage={stage} />
        </li>
      ))}
      {more > 0 && <li>{m.filing_duplicates_more({ count: formatNumber(more) })}</li>}
    </ul>
  )
}
