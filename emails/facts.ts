import { z } from 'zod'

/** A calendar day, `2026-11-17`. */
export const day = z.iso.date()
/** An instant in UTC, `2026-11-10T01:04:00.000Z`. */
export const instant = z.iso.datetime({ offset: true })
/** An address of the portal or of a file; nothing but the web, so a mail can never carry a `javascript:` link. */
export const address = z.url({ protocol: /^https?$/ })
/** The two languages. */
export const locale = z.enum(['en', 'ja'])

/** How an organisation was verified: `domain` with the domain that was proved, or the operator's own words. */
export const verified = z
  .object({
    how: z.string(),
    domain: z.string().nullable(),
    on: day,
    /** How the domain was proven, when it was: `on` is then the day of that. */
    proven: z.enum(['dns', 'file']).optional(),
  })
  .nullable()

/** What every mail about a notice says. */
export const noticeFacts = z.object({
  reference: z.string(),
  kind: z.enum(['exclusion', 'cease_and_desist', 'takedown']),
  holder: z.object({ name: z.string(), place: z.string().nullable(), verified }),
  vendor: z.object({ name: z.string() }),
  works: z.int().nonnegative(),
  /** The page of the notice for this reader: the mail link for a contact, the notice's own page for a member. */
  url: address,
  /** Typed by hand: the address without its protocol, and the code that belongs to the reference. */
  verify: z.object({ address: z.string(), code: z.string() }),
})

/** Who did something, when and how it reached the record. */
export const actFacts = z.object({
  by: z.string().nullable(),
  role: z.string().nullable(),
  at: instant,
  channel: z.enum(['portal', 'mail_link', 'api', 'system']),
  /** The reader's zone first, then the other side's. */
  zones: z.array(z.string()).min(1).max(2),
})

/** How many answers (works times measures) stand at which outcome, in the reader's words: "Excluded", 94. */
export const counts = z.array(z.object({ label: z.string(), answers: z.int().nonnegative() }))

/**
 * What an answer leaves to its holder: to challenge the decision, or only what a correction made worse; nothing more where
 * that was used, or where the notice had ended. `until` is the last day of the time that it opened.
 */
export const challenge = z.object({ of: z.enum(['decision', 'worse', 'nothing', 'ended']), until: day }).nullable()

/** What an answer leaves to its holder, as a type. */
export type ChallengeFacts = z.infer<typeof challenge>
/** What every mail about a notice says, as a type. */
export type NoticeFacts = z.infer<typeof noticeFacts>
/** Who did something, as a type. */
export type ActFacts = z.infer<typeof actFacts>
