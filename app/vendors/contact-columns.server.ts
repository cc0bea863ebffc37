import { z } from 'zod'

import { contactChannels, contactPurposes, type ContactFacts } from './contact.ts'

/** The columns of `vendor_contact` that the rules look at. */
export const contactColumns = {
  purpose: true,
  channel: true,
  country: true,
  timeZone: true,
  verifiedAt: true,
  retiredAt: true,
  lastDeliveredAt: true,
  lastFailedAt: true,
} as const

const closed = z.object({ purpose: z.enum(contactPurposes), channel: z.enum(contactChannels) })

/**
 * A row with its closed sets told to the compiler.
 *
 * @throws ZodError when the database holds a purpose or a channel that this version does not know
 */
export function readContact<
  Row extends Omit<ContactFacts, 'purpose' | 'channel'> & { purpose: string; channel: string },
>(row: Row) {
  return { ...row, ...closed.parse(row) }
}
