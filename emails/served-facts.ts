import { z } from 'zod'
import { address, day, instant, locale, noticeFacts } from './facts.ts'

const letter = z.object({ locale, text: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })

/** What the mail that serves a notice needs to know. */
export const servedFacts = noticeFacts.extend({
  measures: z.array(z.object({ title: z.string(), text: z.string() })).min(1),
  /** True for the bearer of a mail link, who answers without an account; false for a member of the vendor. */
  byLink: z.boolean(),
  samples: z.array(z.object({ title: z.string(), lang: locale.nullable(), year: z.int().nullable() })).max(4),
  worksUrl: address,
  signedBy: z.object({ name: z.string(), capacity: z.string() }),
  /** The filer's confirmed address, where a plain reply goes; null when it comes back here and is kept with the notice. */
  replyTo: z.string().nullable(),
  /** Both counted as if the notice arrived when it was written; the mail says so. */
  acknowledgeBy: day,
  decideBy: day,
  acknowledgeDays: z.int().positive(),
  decideDays: z.int().positive(),
  vendorZone: z.string(),
  /** When this mail was written, and in which zones to say it. */
  issuedAt: instant,
  zones: z.array(z.string()).min(1).max(2),
  /** The one that is printed in the body comes first. */
  letters: z.tuple([letter], letter),
})
