import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = z.object({ name: z.string(), url: address, hours: z.int().positive() })
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = (): string => m.mails_confirm_address_subject()

/** The body, for both parts. */
export function content({ name, url, hours }: Facts): Content {
  return account({
    name,
    url,
    title: m.mails_confirm_address_title(),
    preview: m.mails_confirm_address_preview(),
    text: [m.mails_confirm_address_text()],
    act: m.mails_confirm_address_act(),
    note: m.mails_link_good_for({ count: formatNumber(hours), n: hours }),
    foot: m.mails_confirm_address_foot(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
