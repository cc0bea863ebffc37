import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { formatDateTime, formatNumber, formatTimeAndCity, sentenceGap } from '#app/ui/format.ts'
import { LetterBlock } from '#app/ui/letter-block.tsx'
import { Note } from '#app/ui/note.tsx'
import { whatToDo } from '#app/vendors/wording.ts'
import { LetterLanguages } from './filing-aside.tsx'
import { undecided } from './duplicates.ts'
import { FilingDuplicates } from './filing-duplicates.tsx'
import type { FilingVendor } from './filing-facts.ts'
import { FilingPlan, type PlanAgain } from './filing-plan.tsx'
import { FilingScore } from './filing-score.tsx'
import { placeOf, reachable, type FilingView } from './filing-view.ts'
import { elementWords } from './filing-wording.ts'
import { LetterBlocks } from './letter-paper.tsx'

/** All that will be sent, and the one button that sends it. */
export function FilingCheck({
  view,
  plan,
  missing,
}: {
  view: FilingView
  plan: PlanAgain | undefined
  /** Vendors for which the form just sent chose nothing. */
  missing: readonly string[]
}) {
  const { preview } = view
  const going = reachable(preview.facts)
  const staying = preview.facts.vendors.filter(({ contact }) => contact === null)
  return (
    <div className="stack">
      <FilingScore view={view} />
      <Obstacles view={view} />
      <FilingDuplicates view={view} missing={missing} />
      <section aria-labelledby="letter">
        <header>
          <h2 id="letter">{m.filing_letters({ count: formatNumber(going.length), n: going.length })}</h2>
          <LetterLanguages view={view} step="check" />
        </header>
        {view.letterLocale !== preview.draft.content.locale && <p className="cap">{m.filing_other_language()}</p>}
        <p className="cap">{m.filing_not_reviewed()}</p>
        {going.map((vendor, index) => (
          <LetterTo key={vendor.id} vendor={vendor} view={view} open={index === 0} />
        ))}
      </section>
      <LeftOut view={view} />
      {staying.length > 0 && <StayBehind vendors={staying} />}
      <FilingPlan view={view} again={plan} />
      <SendForm view={view} going={going.length} staying={staying.length} />
    </div>
  )
}

function Obstacles({ view }: { view: FilingView }) {
  const { completeness, draft } = view.preview
  const { missing } = completeness
  if (missing.length === 0) return null
  return (
    <Note tone="late">
      <p>
        <b>{m.filing_cannot_file_yet({ count: formatNumber(missing.length), n: missing.length })}</b>
      </p>
      <ul>
        {missing.map((element) => (
          <li key={element}>
            <a href={placeOf(element, draft.id)}>{elementWords[element]()}</a>
          </li>
        ))}
      </ul>
    </Note>
  )
}

function LetterTo({ vendor, view, open }: { vendor: FilingVendor; view: FilingView; open: boolean }) {
  const { preview, letterLocale, timeZone } = view
  const letter = preview.letters[preview.facts.vendors.indexOf(vendor)]
  const { contact } = vendor
  if (!letter || !contact) return null
  const reference = preview.draft.references.notices[vendor.id] ?? ''
  return (
    <Details
      open={open}
      summary={
        <>
          {vendor.name} <span className="ref">{reference}</span>
        </>
      }
    >
      <p className="cap">
        {preview.facts.holder.fourEyes
          ? m.approvals_letter_after({ address: contact.address })
          : m.filing_letter_goes({
              address: contact.address,
              at: formatDateTime(preview.sendAt, timeZone, { weekday: true }),
              there: formatTimeAndCity(preview.sendAt, contact.timeZone),
            })}
      </p>
      <div className="gap">
        <LetterBlock label={m.filing_letter_to({ vendor: vendor.name })} lang={letterLocale} full>
          <LetterBlocks letter={letter.letter} marked />
        </LetterBlock>
      </div>
    </Details>
  )
}

function LeftOut({ view: { preview } }: { view: FilingView }) {
  const { vendors, left } = preview.facts
  const out = vendors.filter(({ id }) => left[id]?.count === 0)
  if (out.length === 0) return null
  return (
    <ul className="cap">
      {out.map(({ id, name }) => (
        <li key={id}>{m.filing_duplicates_left_out({ vendor: name })}</li>
      ))}
    </ul>
  )
}

function StayBehind({ vendors }: { vendors: readonly FilingVendor[] }) {
  return (
    <section aria-labelledby="staying">
      <h2 id="staying">{m.filing_cannot_be_sent()}</h2>
      <ul className="needs">
        {vendors.map(({ id, slug, name, fault }) => (
          <li key={id}>
            <span />
            <p>
              <b>{name}</b> {whatToDo(fault ?? 'none')} <a href={`/vendors/${slug}`}>{m.filing_vendors_entry()}</a>
            </p>
          </li>
        ))}
      </ul>
      <p className="cap">{m.filing_stay_in_draft()}</p>
    </section>
  )
}

function SendForm({ view, going, staying }: { view: FilingView; going: number; staying: number }) {
  const { preview, mayFile, timeZone } = view
  const { draft, facts, completeness } = preview
  const back = <LinkButton href={`/filings/${draft.id}/basis`}>{m.filing_back_basis()}</LinkButton>
  const count = formatNumber(going)
  if (facts.holder.closing === true) return <NotYet text={m.closing_refused_filing()}>{back}</NotYet>
  if (!facts.holder.verified) return <NotYet text={m.filing_refused_not_verified()}>{back}</NotYet>
  if (!mayFile) return <NotYet text={m.filing_refused_role_too_low()}>{back}</NotYet>
  if (going === 0)
    return <NotYet text={staying > 0 ? m.filing_refused_no_contact() : m.filing_refused_nothing_left()}>{back}</NotYet>
  if (undecided(preview.duplicates, draft.content.duplicates).length > 0)
    return <NotYet text={m.filing_duplicates_first()}>{back}</NotYet>
  if (completeness.missing.length > 0) return <NotYet text={m.filing_complete_first()}>{back}</NotYet>
  return (
    <section aria-labelledby="send">
      <h2 id="send">{facts.holder.fourEyes ? m.approvals_submit_title() : m.filing_send_title()}</h2>
      <p>
        {facts.holder.fourEyes
          ? submitEffect(preview.approvers, going)
          : m.filing_send_effect({
              count,
              n: going,
              at: formatDateTime(preview.sendAt, timeZone, { weekday: true }),
            })}
        {sentenceGap()}
        {staying > 0 && m.filing_send_staying({ count: formatNumber(staying), n: staying })}
      </p>
      <form method="post" className="bs gap">
        <input type="hidden" name="revision" value={draft.revision} />
        <input type="hidden" name="letters" value={preview.lettersSha256} />
        {back}
        <Button look="go">
          {facts.holder.fourEyes ? m.approvals_submit({ count, n: going }) : m.filing_send({ count, n: going })}
        </Button>
      </form>
    </section>
  )
}

function submitEffect(approvers: readonly string[], going: number): string {
  const counted = { count: formatNumber(going), n: going }
  return approvers.length === 0
    ? m.approvals_submit_nobody(counted)
    : m.approvals_submit_effect({ ...counted, names: approvers.join(m.approvals_names_or()) })
}

function NotYet({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <section aria-labelledby="send">
      <h2 id="send">{m.filing_send_title()}</h2>
      <p>{text}</p>
      <div className="bs gap">{children}</div>
    </section>
  )
}
