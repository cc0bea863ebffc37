import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = z.object({ name: z.string(), url: address, resetUrl: address })
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = (): string => m.mails_already_registered_subject()

/** The body, for both parts. */
export function content({ name, url, resetUrl }: Facts): Content {
  return account({
    name,
    url,
    title: m.mails_already_registered_title(),
    preview: m.mails_already_registered_preview(),
    text: [m.mails_already_registered_text()],
    act: m.mails_already_registered_act(),
    links: [{ label: m.mails_already_registered_reset(), href: resetUrl }],
    foot: m.mails_already_registered_foot(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
