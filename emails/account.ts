import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'

type Letter = {
  name: string | null
  url: string
  title: string
  preview: string
  text: readonly string[]
  act: string
  note?: string
  links?: readonly { label: string; href: string }[]
  foot: string
  /** What the mail belongs to; the reader's own account if left out. */
  kicker?: string
}

/** The frame of a mail about an account: a greeting, one button, and how to go there without following a link. */
export function account({ name, url, title, preview, text, act, note, links, foot, kicker }: Letter): Content {
  return {
    kicker: kicker ?? m.mails_kicker_account(),
    title,
    preview,
    blocks: [
      ...(name === null ? [] : [{ kind: 'line', line: [m.mails_hello({ name })] } as const]),
      ...text.map((line) => ({ kind: 'line', line: [line] }) as const),
      { kind: 'act', label: act, href: url, ...(note === undefined ? {} : { note }) },
      ...(links === undefined ? [] : [{ kind: 'links', links } as const]),
    ],
    foot: [[foot], [m.mails_account_check({ host: new URL(url).host })]],
  }
}
