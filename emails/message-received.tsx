import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { scriptLanguage } from '#app/notices/letter-words.ts'
import type { Block, Content } from './blocks.ts'
import { instantInZones } from './dates.ts'
import { instant, noticeFacts } from './facts.ts'
import { progress, withReference } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  /** The side that wrote; the mail goes to the other one. */
  side: z.enum(['holder', 'vendor']),
  channel: z.enum(['mail', 'portal']),
  name: z.string(),
  address: z.string(),
  /** What is new in it, without what it quotes. */
  text: z.string(),
  attachments: z.array(z.string()),
  /** Whether the domain of the sender confirms the mail; null for what was written in the portal. */
  sender: z.enum(['confirmed', 'not-confirmed', 'not-checked']).nullable(),
  at: instant,
  zones: z.array(z.string()).min(1).max(2),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = (given: Facts): string =>
  withReference(
    given.side === 'vendor'
      ? m.mails_message_received_from_vendor({ vendor: given.vendor.name })
      : m.mails_message_received_from_holder({ holder: given.holder.name }),
    given.reference,
  )

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { side, vendor, holder, text } = given
  const clipped = clip(text)
  const preview = side === 'vendor' ? m.mails_message_received_stage() : m.mails_message_received_answer()
  return progress(given, {
    title:
      side === 'vendor'
        ? m.mails_message_received_from_vendor({ vendor: vendor.name })
        : m.mails_message_received_from_holder({ holder: holder.name }),
    preview,
    blocks: [
      { kind: 'facts', rows: rowsOf(given) },
      ...(clipped.text === '' ? [] : [written(clipped.text)]),
      { kind: 'line', line: [clipped.whole ? preview : m.mails_message_received_more()], quiet: true },
    ],
    act: m.mails_message_received_act(),
  })
}

// The whole text stands on the page.
const longest = 6_000

function clip(text: string): { text: string; whole: boolean } {
  const trimmed = text.trim()
  if (trimmed.length <= longest) return { text: trimmed, whole: true }
  return { text: `${trimmed.slice(0, longest).toWellFormed()}…`, whole: false }
}

function written(text: string): Block {
  return { kind: 'letter', lang: scriptLanguage(text) ?? 'en', paragraphs: text.split(/\n{2,}/) }
}

const checks = {
  confirmed: m.mails_sender_confirmed,
  'not-confirmed': m.mails_sender_not_confirmed,
  'not-checked': m.mails_sender_not_checked,
} as const

function rowsOf({ name, address, attachments, sender, at, zones }: Facts) {
  const from =
    name === '' ? [{ text: address, mono: true } as const] : [`${name} `, { text: address, mono: true } as const]
  return [
    { label: m.mails_row_writer(), line: from },
    { label: m.mails_row_at(), line: [instantInZones(at, zones)] },
    ...(sender === null ? [] : [{ label: m.mails_row_sender(), line: [checks[sender]()] }]),
    ...(attachments.length === 0 ? [] : [{ label: m.mails_row_attachments(), line: [attachments.join(', ')] }]),
  ]
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
