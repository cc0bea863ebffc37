import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'

/** What a vendor may ask about. */
export const questionKinds = ['works', 'identifiers', 'authority', 'evidence', 'scope', 'other'] as const
/** One of `questionKinds`. */
export type AskedKind = (typeof questionKinds)[number]
/** A question as it stands in the thread: asked, or a notice that was sent back as incomplete. */
export type QuestionKind = AskedKind | 'incomplete'

/** What may be missing in a notice that a vendor sends back. */
export const sendBackReasons = [
  'works',
  'identifiers',
  'locations',
  'rights',
  'authority',
  'evidence',
  'measures',
  'contact',
] as const
/** One of `sendBackReasons`. */
export type SendBackReason = (typeof sendBackReasons)[number]

/** How a question ended: by an answer, taken back by the vendor, or by a decision or a withdrawal that came first. */
export type QuestionEnd = 'answered' | 'closed' | 'overtaken'

/** At most so many works are listed with one question; more is asked about all. */
export const mostAskedWorks = 100_000
/** How many works a form may tick one by one. */
const mostTicked = 20_000
/** A question or an answer is a letter, not a book. */
export const longestWords = 5_000

/** How many files go with an answer, and how large each may be. */
export const mostAnswerFiles = 10
/** The largest file of an answer, in bytes. */
export const largestAnswerFile = 25_000_000

/** The words of a question or an answer, as they were typed. */
export const questionWords = z
  .string({ error: () => m.questions_fault_text() })
  .trim()
  .min(3, { error: () => m.questions_fault_text() })
  .max(longestWords, { error: () => m.questions_fault_text_long({ max: '5,000' }) })
  .refine((typed) => typed.isWellFormed() && !typed.includes('\0'), { error: () => m.questions_fault_text() })

const once = z.uuid()

/** What the page for asking sends. `question` is drawn with the page: the same form sent twice asks once. */
export const askForm = z.object({
  question: once,
  kind: z.enum(questionKinds, { error: () => m.questions_fault_kind() }),
  about: z.enum(['all', 'chosen', 'found']),
  work: z.array(z.uuid()).max(mostTicked).default([]),
  q: z.string().trim().max(200).default(''),
  text: questionWords,
})

/** What the form for sending a notice back sends. */
export const sendBackForm = z.object({
  question: once,
  reason: z.array(z.enum(sendBackReasons), { error: () => m.questions_fault_reasons() }).min(1, {
    error: () => m.questions_fault_reasons(),
  }),
  text: questionWords,
})

/** The works a question is about. */
export type AskedWorks =
  | { readonly kind: 'all' }
  | { readonly kind: 'chosen'; readonly workIds: readonly string[] }
  | { readonly kind: 'found'; readonly text: string }

/** The works that a form for asking means; null when it says chosen or found and names none. */
export function askedWorks({
  about,
  work,
  q,
}: Pick<z.output<typeof askForm>, 'about' | 'work' | 'q'>): AskedWorks | null {
  if (about === 'all') return { kind: 'all' }
  if (about === 'found') return q === '' ? null : { kind: 'found', text: q }
  return work.length === 0 ? null : { kind: 'chosen', workIds: work }
}

/** After how many days of the holder's calendar it is reminded of an open question. */
export const reminderDays = { 'question-reminder': 3, 'question-last-reminder': 7 } as const

/**
 * When a holder is reminded of an open question: at nine in the morning of its own third and seventh day after the day of
 * the question.
 *
 * @param askedAt ISO 8601
 * @param timeZone the holder's, IANA
 */
export function remindersOf(askedAt: string, timeZone: string): Readonly<Record<keyof typeof reminderDays, Date>> {
  const asked = Temporal.Instant.from(askedAt).toZonedDateTimeISO(timeZone).toPlainDate()
  const after = (days: number) =>
    new Date(
      asked.add({ days }).toPlainDateTime('09:00').toZonedDateTime(timeZone, { disambiguation: 'later' }).toInstant()
        .epochMilliseconds,
    )
  return {
    'question-reminder': after(reminderDays['question-reminder']),
    'question-last-reminder': after(reminderDays['question-last-reminder']),
  }
}
