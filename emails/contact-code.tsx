import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know: for which entry an address is to be confirmed, by whom, and with which code. */
export const facts = z.object({
  vendor: z.string(),
  organisation: z.string(),
  code: z.string(),
  minutes: z.int().positive(),
  url: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ vendor }: Facts): string => m.security_mail_contact_subject({ vendor })

/** The body, for both parts. */
export function content({ vendor, organisation, code, minutes, url }: Facts): Content {
  const count = formatNumber(minutes)
  return {
    kicker: m.mails_kicker_directory(),
    title: m.security_mail_contact_subject({ vendor }),
    preview: m.security_mail_contact_text({ vendor, organisation }),
    blocks: [
      { kind: 'line', line: [m.security_mail_contact_text({ vendor, organisation })] },
      { kind: 'due', line: [{ text: code, strong: true, mono: true }] },
      { kind: 'act', label: m.security_mail_contact_act(), href: url, note: m.security_mail_contact_note({ count }) },
    ],
    foot: [[m.security_mail_contact_foot()]],
  }
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
