import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'
import { withReference } from './wording.ts'

/** What this mail needs to know. It goes to the contact alone and is no mail of the notice: the holder never sees it. */
export const facts = z.object({
  about: z.object({ reference: z.string(), holder: z.string() }),
  code: z.string(),
  url: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ about }: Facts): string => withReference(m.mails_answer_code_subject(), about.reference)

/** The body, for both parts. */
export function content({ about, code, url }: Facts): Content {
  return {
    kicker: m.mails_kicker_notice(),
    reference: about.reference,
    title: m.mails_answer_code_title(),
    preview: m.mails_answer_code_text({ holder: about.holder }),
    blocks: [
      { kind: 'line', line: [m.mails_answer_code_text({ holder: about.holder })] },
      { kind: 'due', line: [{ text: code, strong: true, mono: true }] },
      { kind: 'act', label: m.mails_answer_code_act(), href: url, note: m.mails_answer_code_note() },
    ],
    foot: [[m.mails_answer_code_foot()]],
  }
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
