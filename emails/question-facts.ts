import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatDay, formatDayInFull, formatNumber } from '#app/ui/format.ts'
import { languageOf } from '#app/ui/language-of.ts'
import type { Block, Content } from './blocks.ts'
import { actFacts, address, day, noticeFacts } from './facts.ts'
import { actRows, progress } from './wording.ts'

/** What every mail about a question needs to know; its kind and works in the reader's words. */
export const questionFacts = noticeFacts.extend({
  act: actFacts,
  question: z.object({
    number: z.int().positive(),
    kind: z.string(),
    about: z.string(),
    reasons: z.array(z.string()),
    text: z.string(),
    askedOn: day,
    answer: z.string(),
    files: z.int().nonnegative(),
  }),
  /** Other questions of the notice that are open still. */
  open: z.int().nonnegative(),
  /** Working days that are left while the time to decide stands still; null when it has not begun. */
  daysLeft: z.int().nonnegative().nullable(),
  decideBy: day.nullable(),
  /** Where the question stands and is answered. */
  questionUrl: address,
})
/** What every mail about a question needs to know, as a type. */
export type QuestionFacts = z.infer<typeof questionFacts>

/** The question: what it is about, who asked, and its words. */
export function questionBlocks({ question, act }: QuestionFacts): Block[] {
  const missing =
    question.reasons.length === 0
      ? []
      : [
          { kind: 'line', line: [m.questions_missing()] } as const,
          { kind: 'bullets', items: question.reasons.map((reason) => [reason]) } as const,
        ]
  return [
    {
      kind: 'facts',
      rows: [
        { label: m.questions_mail_row_question(), line: [`${formatNumber(question.number)}: ${question.kind}`] },
        { label: m.questions_mail_row_about(), line: [question.about] },
        ...actRows(act),
      ],
    },
    ...missing,
    { kind: 'section', title: m.questions_mail_words() },
    quoted(question.text),
  ]
}

/** Somebody's own words, as they were typed. */
export function quoted(text: string): Block {
  return { kind: 'letter', lang: languageOf(text) === 'ja' ? 'ja' : 'en', paragraphs: text.split(/\n{2,}/u) }
}

/** That the time to decide stands still, and how much is left of it. */
export function pauseLine({ daysLeft }: QuestionFacts): string {
  if (daysLeft === null) return m.questions_mail_effect_none()
  return m.questions_mail_effect_paused({ left: m.notices_clock_left({ count: formatNumber(daysLeft) }) })
}

/** What the end of a question did to the time to decide. */
export function runLine({ open, decideBy }: QuestionFacts): string {
  if (open > 0) return m.questions_mail_still_open({ count: formatNumber(open) })
  return decideBy === null
    ? m.questions_mail_effect_none()
    : m.questions_mail_runs_on({ on: formatDayInFull(decideBy) })
}

// When a question was asked, and the how-manieth reminder this is.
function sinceLine({ question }: QuestionFacts, number: 1 | 2): string {
  return m.questions_mail_waits_since({ on: formatDay(question.askedOn), number: formatNumber(number) })
}

/** The body of a reminder of a question that waits. */
export function reminderContent(given: QuestionFacts, { title, number }: { title: string; number: 1 | 2 }): Content {
  const since = sinceLine(given, number)
  return progress(
    { ...given, url: given.questionUrl },
    {
      title,
      preview: since,
      blocks: [{ kind: 'line', line: [since] }, { kind: 'due', line: [pauseLine(given)] }, ...questionBlocks(given)],
      act: m.questions_mail_act(),
    },
  )
}
