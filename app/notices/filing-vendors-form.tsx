import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { ChosenSection } from '#app/ui/chosen-section.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { whyNoContact, type ContactFault } from '#app/vendors/contact.ts'
import type { VendorRow } from '#app/vendors/vendor.ts'
import { healthWord, whatToDo } from '#app/vendors/wording.ts'
import { Name } from '#app/ui/title.tsx'
import type { NoticeKind } from './legal-bases/basis.ts'
import type { FilingVendor } from './filing-facts.ts'
import { StepButtons } from './step-buttons.tsx'

/** What the page of vendors holds beside the wizard. */
export interface VendorChoice {
  readonly search: string
  /** Of those that match and are not chosen the first. */
  readonly found: readonly VendorRow[]
  /** How many these are in all. */
  readonly count: number
}

interface Line {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly nameOther: string | null
  readonly fault: ContactFault | 'none' | null
  readonly chosen: boolean
}

/** The step of vendors: the picker, and the way on. */
export function VendorFields({ draftId, ...picked }: Picked & { draftId: string }) {
  return (
    <>
      <VendorPicker {...picked} />
      <StepButtons
        back={<LinkButton href={`/filings/${draftId}/kind`}>{m.filing_back_kind()}</LinkButton>}
        next={m.filing_continue_scope()}
      />
    </>
  )
}

interface Picked {
  readonly chosen: readonly FilingVendor[]
  readonly choice: VendorChoice
  readonly kind: NoticeKind
  /** What else can be done with those found. */
  readonly acts?: ReactNode
}

/** The chosen vendors and those found, each with a box; every box on the page goes with the form. */
export function VendorPicker({ chosen, choice, kind, acts }: Picked) {
  const { found: others } = choice
  return (
    <>
      <ChosenSection
        id="vendors"
        title={m.filing_vendors_chosen()}
        count={chosen.length}
        unfold={m.filing_vendors_unfold({ count: formatNumber(chosen.length) })}
      >
        <VendorTable
          lines={chosen.map((vendor) => ({ ...vendor, chosen: true }))}
          caption={m.filing_vendors_chosen()}
        />
      </ChosenSection>
      <section aria-labelledby={chosen.length > 0 ? 'found' : 'vendors'}>
        <h2 id={chosen.length > 0 ? 'found' : 'vendors'}>{m.filing_vendors_add()}</h2>
        <div className="filters">
          <div className="f grow">
            <label htmlFor="q">{m.filing_vendors_search()}</label>
            <input id="q" name="q" type="search" defaultValue={choice.search} />
          </div>
          <Button name="intent" value="search">
            {m.filing_vendors_find()}
          </Button>
          {acts}
        </div>
        {others.length === 0 ? (
          <p className="muted">{m.filing_vendors_none()}</p>
        ) : (
          <VendorTable lines={others.map((row) => lineOf(row, kind))} caption={m.filing_vendors_add()} />
        )}
        <p className="foot">
          {m.filing_vendors_shown({ shown: formatNumber(others.length), count: formatNumber(choice.count) })}
        </p>
      </section>
    </>
  )
}

function lineOf({ id, slug, name, nameOther, contacts }: VendorRow, kind: NoticeKind): Line {
  return { id, slug, name, nameOther, fault: whyNoContact(contacts, kind), chosen: false }
}

function VendorTable({ lines, caption }: { lines: readonly Line[]; caption: string }) {
  const columns: readonly Column<Line>[] = [
    { key: 'choose', head: <span className="sr">{m.filing_vendors_choose()}</span>, kind: 'check', cell: boxCell },
    { key: 'name', head: m.filing_vendors_name(), kind: 'row', cell: nameCell },
    { key: 'contact', head: m.filing_vendors_contact(), cell: contactCell },
  ]
  return <DataTable rows={lines} rowKey={({ id }) => id} caption={caption} columns={columns} />
}

function boxCell({ id, name, chosen }: Line) {
  return (
    <input type="checkbox" id={`vendor-${id}`} name="vendor" value={id} defaultChecked={chosen} aria-label={name} />
  )
}

function nameCell({ id, name, nameOther }: Line) {
  return (
    <label htmlFor={`vendor-${id}`}>
      <Name>{name}</Name>
      {nameOther !== null && (
        <span className="t-id">
          <Name>{nameOther}</Name>
        </span>
      )}
    </label>
  )
}

function contactCell({ fault, slug }: Line) {
  if (fault === null) return m.filing_vendors_reachable()
  return (
    <div>
      {healthWord({ working: false, because: fault })}
      <span className="t-id">
        {whatToDo(fault)} <a href={`/vendors/${slug}`}>{m.filing_vendors_entry()}</a>
      </span>
    </div>
  )
}
