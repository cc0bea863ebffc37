import { z } from 'zod'
import { letterLocales } from './legal-bases/basis.ts'

const run = z.object({
  text: z.string(),
  /** Follows the filer's choices: the preview marks it. */
  chosen: z.literal(true).optional(),
  /** The language of a name or title that may differ from the letter's. */
  lang: z.literal('ja').optional(),
})

const block = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['title', 'heading', 'paragraph', 'address', 'signature']), lines: z.array(z.array(run)) }),
  z.object({ type: z.literal('list'), ordered: z.boolean(), items: z.array(z.array(run)) }),
  z.object({ type: z.literal('facts'), rows: z.array(z.object({ label: z.string(), value: z.array(run) })) }),
])

/** A letter as it is stored beside its text: what pages and mails draw. */
export const letterSchema = z.object({ locale: z.enum(letterLocales), blocks: z.array(block) })

/** Words of one kind: plain text, never markup. */
export type Run = z.infer<typeof run>
/** One part of a letter. */
export type Block = z.infer<typeof block>
/** A legal letter as a structured document. */
export type Letter = z.infer<typeof letterSchema>

/** The words of some runs, without their marks. */
export function wordsOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('')
}

/**
 * The letter as plain text, LF line ends and one at the end: the input of its hash.
 * Lines are not wrapped, so no later change of width changes the hash.
 */
export function letterText({ blocks, locale }: Letter): string {
  return `${blocks.map((part) => blockText(part, locale)).join('\n\n')}\n`
}

function blockText(part: Block, locale: Letter['locale']): string {
  if (part.type === 'list') {
    return part.items.map((item, index) => `${part.ordered ? `${index + 1}.` : '-'} ${wordsOf(item)}`).join('\n')
  }
  if (part.type === 'facts') {
    const colon = locale === 'ja' ? '：' : ': '
    return part.rows.map(({ label, value }) => `${label}${colon}${wordsOf(value)}`).join('\n')
  }
  return part.lines.map((line) => wordsOf(line)).join('\n')
}

/** What the letter is called. */
export function letterTitle({ blocks }: Letter): string {
  const lines = blocks.flatMap((part) => (part.type === 'title' ? part.lines : []))
  return lines.map((line) => wordsOf(line)).join(' ')
}
