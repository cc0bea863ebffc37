import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

import type { Fact } from './directory.ts'

// A vendor has one of each of these: a new one takes the place of the old, which stays in the history.
const single: ReadonlySet<Fact['kind']> = new Set(['native_name', 'legal_entity', 'country', 'website'])

/** Adds a fact to an entry. A second name in its own script, legal entity, country or website retires the first. */
export async function addFact({ member, slug, fact }: { member: Keeper; slug: string; fact: Fact }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const vendor = await tx.vendor.findUnique({ where: { slug }, select: { id: true } })
    if (vendor === null) return { allowed: false, because: 'no-vendor' } as const
    return writeFact(tx, { vendorId: vendor.id, fact, by: member.personId })
  })
}

/** Writes a fact within a transaction of an operator. */
export async function writeFact(tx: Transaction, { vendorId, fact, by }: { vendorId: string; fact: Fact; by: string }) {
  const at = now()
  const { kind, value, note, source } = fact
  const same = await tx.vendorFact.count({ where: { vendorId, kind, value, retiredAt: null } })
  if (same > 0) return { allowed: false, because: 'already-there' } as const
  if (single.has(kind)) {
    await tx.vendorFact.updateMany({ where: { vendorId, kind, retiredAt: null }, data: { retiredAt: at } })
  }
  const sourceOn = source === null ? null : new Date(`${source.on}T00:00:00Z`)
  await tx.vendorFact.create({
    data: {
      id: newId(),
      vendorId,
      kind,
      value,
      note,
      sourceUrl: source?.url ?? null,
      sourceOn,
      addedBy: by,
      createdAt: at,
    },
  })
  await tx.vendor.update({ where: { id: vendorId }, data: { updatedAt: at } })
  return { allowed: true } as const
}
