/**
 * What a mail says, once: the HTML part and the text part are both drawn from these blocks.
 */

/** Words inside a line: plain, or marked as another language, strong, fixed-width or a link. */
export type Span = string | { text: string; lang?: 'en' | 'ja'; strong?: true; mono?: true; href?: string }

/** One run of words. An empty line is not drawn. */
export type Line = readonly Span[]

/** One piece of the body, in reading order. */
export type Block =
  | { kind: 'line'; line: Line; quiet?: true }
  | { kind: 'due'; line: Line }
  | { kind: 'act'; label: string; href: string; note?: string }
  | { kind: 'links'; links: readonly { lead?: string; label: string; href: string }[] }
  | { kind: 'section'; title: string }
  | { kind: 'numbered'; items: readonly { title: string; text: string }[] }
  | { kind: 'bullets'; items: readonly Line[] }
  | { kind: 'facts'; rows: readonly { label: string; line: Line }[] }
  | { kind: 'letter'; lang: 'en' | 'ja'; paragraphs: readonly string[] }

/** The whole mail without its subject. `foot` is the small print under the rule. */
export type Content = {
  kicker: string
  reference?: string
  title: string
  preview: string
  blocks: readonly Block[]
  foot: readonly Line[]
}

/** A file that travels with the mail; its bytes arrive as they are given here. */
export type Attachment = { filename: string; text: string }
