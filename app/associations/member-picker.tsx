import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ChosenSection } from '#app/ui/chosen-section.tsx'
import { formatNumber } from '#app/ui/format.ts'
import type { ChoosableMember } from './find-choosable.server.ts'
import { MembersTable } from './members-table.tsx'

/** What members are looked for by; all that are found can be chosen at once. What is ticked goes with it. */
export function MemberSearch({ search }: { search: string }) {
  return (
    <div className="filters">
      <div className="f grow">
        <label htmlFor="q">{m.collective_members_search()}</label>
        <input id="q" name="q" type="search" defaultValue={search} maxLength={200} />
      </div>
      <Button name="intent" value="search">
        {m.filing_vendors_find()}
      </Button>
      <Button name="intent" value="all">
        {search === '' ? m.collective_all() : m.collective_all_found()}
      </Button>
      <Button name="intent" value="none">
        {m.collective_nobody()}
      </Button>
    </div>
  )
}

interface Picked {
  readonly chosen: readonly ChoosableMember[]
  /** The first of those that were found and are not chosen. */
  readonly others: readonly ChoosableMember[]
  readonly found: number
}

/** The chosen members, and those that can be added; every box goes with the form. */
export function PickedMembers({ chosen, others, found }: Picked) {
  return (
    <>
      <ChosenSection
        id="chosen"
        title={m.collective_members_chosen()}
        count={chosen.length}
        unfold={m.collective_members_unfold({ count: formatNumber(chosen.length) })}
      >
        <MembersTable members={chosen} caption={m.collective_members_chosen()} />
      </ChosenSection>
      <section aria-labelledby="others">
        <h2 id="others">{m.collective_members_add()}</h2>
        {others.length === 0 ? (
          <p className="muted">{m.collective_members_none()}</p>
        ) : (
          <>
            <MembersTable members={others} caption={m.collective_members_add()} />
            <p className="foot">
              {m.collective_shown({ shown: formatNumber(others.length), count: formatNumber(found) })}
            </p>
          </>
        )}
      </section>
    </>
  )
}
