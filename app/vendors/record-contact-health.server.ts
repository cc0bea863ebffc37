import type { Transaction } from '#app/platform/db.server.ts'

/** Writes down that mail to a contact came back and will come back again: no new notice goes there. For the worker. */
export async function recordContactFailure(
  tx: Transaction,
  { contactId, at, response }: { contactId: string; at: Date; response: string },
): Promise<void> {
  await tx.vendorContact.updateMany({
    where: { id: contactId, OR: [{ lastFailedAt: null }, { lastFailedAt: { lt: at } }] },
    data: { lastFailedAt: at, lastFailure: response },
  })
}

/** Writes down that mail to a contact arrived; a failure before it is forgiven. For the worker. */
export async function recordContactDelivery(
  tx: Transaction,
  { contactId, at }: { contactId: string; at: Date },
): Promise<void> {
  await tx.vendorContact.updateMany({
    where: { id: contactId, OR: [{ lastDeliveredAt: null }, { lastDeliveredAt: { lt: at } }] },
    data: { lastDeliveredAt: at },
  })
}
