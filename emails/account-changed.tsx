import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { instantInZones } from './dates.ts'
import { address, instant } from './facts.ts'
import { Layout } from './layout.tsx'

const changes = [
  'password',
  'second-factor-on',
  'second-factor-off',
  'recovery-codes-renewed',
  'recovery-code-used',
  'passkey-added',
  'passkey-removed',
] as const

/** What this mail needs to know: what of signing in was changed, when and from which browser. */
export const facts = z.object({
  name: z.string(),
  what: z.enum(changes),
  /** The passkey's name. */
  item: z.string().nullable(),
  at: instant,
  zone: z.string(),
  browser: z.string().nullable(),
  url: address,
  hours: z.int().positive(),
})
type Facts = z.infer<typeof facts>

const titles = {
  password: () => m.security_mail_password(),
  'second-factor-on': () => m.security_mail_second_factor_on(),
  'second-factor-off': () => m.security_mail_second_factor_off(),
  'recovery-codes-renewed': () => m.security_mail_recovery_renewed(),
  'recovery-code-used': () => m.security_mail_recovery_used(),
  'passkey-added': () => m.security_mail_passkey_added(),
  'passkey-removed': () => m.security_mail_passkey_removed(),
} as const satisfies Record<Facts['what'], () => string>

/** The subject line. */
export const subject = ({ what }: Facts): string => titles[what]()

/** The body, for both parts. */
export function content({ name, what, item, at, zone, browser, url, hours }: Facts): Content {
  const when = instantInZones(at, [zone])
  const said = m.security_mail_changed_text({ when, browser: browser ?? m.security_mail_browser_unknown() })
  return account({
    name,
    url,
    title: titles[what](),
    preview: said,
    text: [...(item === null ? [] : [m.security_mail_passkey_named({ name: item })]), said],
    act: m.security_mail_not_me(),
    note: `${m.security_mail_not_me_note()}${sentenceGap()}${m.mails_link_good_for({ count: formatNumber(hours), n: hours })}`,
    foot: m.security_mail_foot(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
