import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { isPaused, type Computation } from './clocks.ts'
import { extendableKinds, mostDaysToAdd, type ExtendableKind } from './extensions.ts'
import { fits } from './lifecycle.ts'
import type { Side } from './side.server.ts'
import type { Stage } from './stages.ts'

/** A clock to which days may be added. */
export interface Extendable {
  readonly kind: ExtendableKind
  readonly dueOn: string
  readonly dueAt: string
  readonly timeZone: string
  readonly paused: boolean
  /** How many working days this side may add. */
  readonly most: number
}

/** What the page for more days shows. */
export interface ExtendingFacts {
  readonly reference: string
  readonly side: Side
  readonly stage: Stage
  /** The other side's name. */
  readonly other: string
  readonly at: Date
  readonly clocks: readonly Extendable[]
}

interface Row {
  reference: string
  stage: Stage
  holderId: string
  vendorOrganisationId: string | null
  holder: string
  holderOther: string | null
  vendor: string
  vendorOther: string | null
  clocks: readonly Computation[]
}

/**
 * The clocks of a notice that run, for the form that adds days.
 *
 * @returns null when the member's organisation has no notice of this reference
 */
export function findExtending(member: Member, reference: string): Promise<ExtendingFacts | null> {
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      select n.reference, n.stage, n.holder_organisation_id as "holderId", v.organisation_id as "vendorOrganisationId",
        h.name as holder, h.name_other as "holderOther", v.name as vendor, v.name_other as "vendorOther",
        coalesce((select json_agg(c.computed order by c.due_at) from clock c where c.notice_id = n.id and c.met_at is null), '[]') as clocks
      from notice n join organisation h on h.id = n.holder_organisation_id join vendor v on v.id = n.vendor_id
      where n.reference = ${reference}`
    const side = row && sideOf(row, member)
    if (!row || !side) return null
    return {
      reference: row.reference,
      side,
      stage: row.stage,
      other:
        side === 'holder'
          ? nameIn(member.locale, row.vendor, row.vendorOther)
          : nameIn(member.locale, row.holder, row.holderOther),
      at: now(),
      clocks: fits('clock.extended', row.stage) ? row.clocks.flatMap((clock) => extendableOf(clock, side)) : [],
    }
  })
}

function sideOf({ holderId, vendorOrganisationId }: Row, { organisation }: Member): Side | null {
  if (holderId === organisation.id) return 'holder'
  return vendorOrganisationId === organisation.id ? 'vendor' : null
}

function extendableOf(clock: Computation, side: Side): readonly Extendable[] {
  const kind = extendableKinds.find((each) => each === clock.kind)
  if (!kind) return []
  const { dueOn, dueAt, timeZone } = clock
  return [{ kind, dueOn, dueAt, timeZone, paused: isPaused(clock), most: mostDaysToAdd(clock, side) }]
}
