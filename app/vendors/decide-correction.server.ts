import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { oweAccountMail } from '#app/accounts/owe-account-mail.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'

import { writeFact } from './add-fact.server.ts'
import { factSchema } from './directory.ts'

type Asked = { member: Keeper; correctionId: string }

/** Accepts a suggestion: the fact is written with its page as source and today as the day it was read. Its author is told. */
export async function acceptCorrection({ member, correctionId }: Asked) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const correction = await lockOpen(tx, correctionId)
    if (correction === null) return { allowed: false, because: 'no-correction' } as const
    const at = now()
    if (correction.kind !== 'other') {
      const fact = factSchema.parse({
        kind: correction.kind,
        value: correction.value,
        note: correction.kind === 'crawler' ? (correction.purpose ?? 'unknown') : null,
        source: { url: correction.sourceUrl, on: at.toISOString().slice(0, 10) },
      })
      const written = await writeFact(tx, { vendorId: correction.vendorId, fact, by: member.personId })
      // Somebody else has brought it in meanwhile: what was suggested stands there.
      if (!written.allowed && written.because !== 'already-there') return written
    }
    await decide(tx, { id: correctionId, state: 'accepted', reason: null, by: member.personId })
    return { allowed: true } as const
  })
}

/** Declines a suggestion, and tells its author why. */
export async function declineCorrection({ member, correctionId, reason }: Asked & { reason: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const correction = await lockOpen(tx, correctionId)
    if (correction === null) return { allowed: false, because: 'no-correction' } as const
    await decide(tx, { id: correctionId, state: 'declined', reason, by: member.personId })
    return { allowed: true } as const
  })
}

async function lockOpen(tx: Transaction, id: string) {
  await tx.$queryRaw`select from vendor_correction where id = ${id}::uuid for update`
  return tx.vendorCorrection.findFirst({ where: { id, state: 'open' } })
}

type Decision = { id: string; state: 'accepted' | 'declined'; reason: string | null; by: string }

async function decide(tx: Transaction, { id, state, reason, by }: Decision): Promise<void> {
  const { vendorId, value } = await tx.vendorCorrection.update({
    where: { id },
    data: { state, reason, decidedBy: by, decidedAt: now() },
    select: { vendorId: true, value: true },
  })
  const vendor = await tx.vendor.findUniqueOrThrow({ where: { id: vendorId }, select: { name: true, slug: true } })
  const [author] = await tx.$queryRaw<{ name: string; email: string; locale: string }[]>`
    select * from correction_author(${id}::uuid)`
  if (author === undefined) throw new Error(`The correction ${id} has no author`)
  await oweAccountMail(tx, {
    kind: 'correction-answered',
    address: author.email,
    locale: author.locale === 'ja' ? 'ja' : 'en',
    facts: {
      name: author.name,
      vendor: vendor.name,
      value,
      accepted: state === 'accepted',
      reason,
      url: `${env().BASE_URL}/vendors/${vendor.slug}`,
    },
  })
}
