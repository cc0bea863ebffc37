import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know: what came of a suggestion for the directory, and why. */
export const facts = z.object({
  name: z.string(),
  vendor: z.string(),
  value: z.string(),
  accepted: z.boolean(),
  reason: z.string().nullable(),
  url: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ vendor, accepted }: Facts): string =>
  accepted ? m.security_mail_correction_accepted({ vendor }) : m.security_mail_correction_declined({ vendor })

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { name, vendor, value, accepted, reason, url } = given
  const said = accepted
    ? m.security_mail_correction_accepted_text({ vendor, value })
    : m.security_mail_correction_declined_text({ vendor, value })
  return account({
    kicker: m.mails_kicker_directory(),
    name,
    url,
    title: subject(given),
    preview: said,
    text: [said, ...(reason === null ? [] : [m.security_mail_correction_reason({ reason })])],
    act: m.security_mail_correction_act(),
    foot: m.security_mail_correction_foot(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
