import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'

/** How many works the members have, those that several claim counted once. */
export interface JointTotals {
  readonly works: number
  /** With a work once for each that claims it. */
  readonly claims: number
  /** How many works several members claim. */
  readonly jointWorks: number
}

/** A work that several members claim. */
export interface JointWork {
  readonly number: number
  /** One of the identifiers that say it is the same. */
  readonly scheme: string
  readonly value: string
  readonly title: string
  readonly claims: number
  readonly members: number
  /** At most fifty of them. */
  readonly claimedBy: readonly {
    readonly id: string
    readonly name: string
    readonly nameOther: string | null
    readonly title: string
    readonly catalogue: string
  }[]
}

/** A page of joint works. */
export interface JointPage {
  readonly totals: JointTotals
  readonly works: readonly JointWork[]
  /** The number after which the next page begins; null at the end. */
  readonly next: number | null
}

/** How many works a page shows. */
export const jointWorksPerPage = 50

/** The works of an association's members; null while they are being counted. */
export async function findJointTotals(tx: Transaction, associationId: string): Promise<JointTotals | null> {
  const [row] = await tx.$queryRaw<{ works: bigint; claims: bigint; jointWorks: number }[]>`
    select t.works, t.claims, t.joint_works as "jointWorks" from joint_totals(${associationId}::uuid) t`
  return row === undefined ? null : { works: Number(row.works), claims: Number(row.claims), jointWorks: row.jointWorks }
}

/** What was counted of a vendor: the works that notices to it name, each once, of all members together. */
export interface VendorWorks {
  readonly works: number
  /** The notices, and the works that they name with one that two name twice: if these are others now, it is to be counted anew. */
  readonly notices: number
  readonly claims: number
}

/** The works that are named to each vendor, whatever is filtered; none while they are being counted. */
export async function findVendorWorks(
  tx: Transaction,
  associationId: string,
): Promise<ReadonlyMap<string, VendorWorks>> {
  const [row] = await tx.$queryRaw<[{ vendors: Record<string, [number, number, number]> | null }]>`
    select vendor_works(${associationId}::uuid) as vendors`
  return new Map(
    Object.entries(row.vendors ?? {}).map(([id, [notices, claims, works]]) => [id, { notices, claims, works }]),
  )
}

/**
 * The works that several members of an association claim, those that most claim first.
 *
 * @param wanted.after the number of the last work of the page before; 0 begins
 * @returns null while they are being counted
 */
export function findJointWorks({
  member,
  after,
  most = jointWorksPerPage,
}: {
  member: Member
  after: number
  most?: number
}): Promise<JointPage | null> {
  const { id } = member.organisation
  return withPerson(member.personId, async (tx) => {
    const totals = await findJointTotals(tx, id)
    if (totals === null) return null
    const found = await tx.$queryRaw<JointWork[]>`
      select p.number, p.scheme, p.value, p.title, p.claims, p.members, p.claimed_by as "claimedBy"
      from joint_page(${id}::uuid, ${after}::int, ${most + 1}::int) p order by p.number`
    const works = found.slice(0, most)
    return { totals, works, next: found.length > most ? (works.at(-1)?.number ?? null) : null }
  })
}
