import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { instantInZones } from './dates.ts'
import { address, instant } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. Nothing is guessed: no country, no network, only what the browser says of itself. */
export const facts = z.object({
  name: z.string(),
  at: instant,
  zone: z.string(),
  browser: z.string().nullable(),
  url: address,
  hours: z.int().positive(),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = (): string => m.security_mail_sign_in_subject()

/** The body, for both parts. */
export function content({ name, at, zone, browser, url, hours }: Facts): Content {
  const when = instantInZones(at, [zone])
  return account({
    name,
    url,
    title: m.security_mail_sign_in_title(),
    preview: m.security_mail_sign_in_text({ when, browser: browser ?? m.security_mail_browser_unknown() }),
    text: [
      m.security_mail_sign_in_text({ when, browser: browser ?? m.security_mail_browser_unknown() }),
      m.security_mail_sign_in_why(),
    ],
    act: m.security_mail_not_me(),
    note: `${m.security_mail_not_me_note()}${sentenceGap()}${m.mails_link_good_for({ count: formatNumber(hours), n: hours })}`,
    foot: m.security_mail_foot(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
