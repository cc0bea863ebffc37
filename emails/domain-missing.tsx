import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know: whose proof of which domain was not found again. */
export const facts = z.object({ name: z.string(), organisation: z.string(), domain: z.string(), url: address })
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ domain }: Facts): string => m.security_mail_domain_subject({ domain })

/** The body, for both parts. */
export function content({ name, organisation, domain, url }: Facts): Content {
  return account({
    name,
    url,
    title: m.security_mail_domain_subject({ domain }),
    preview: m.security_mail_domain_text({ domain, organisation }),
    text: [m.security_mail_domain_text({ domain, organisation }), m.security_mail_domain_next()],
    act: m.security_mail_domain_act(),
    foot: m.security_mail_domain_foot({ organisation }),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
