import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know: which organisation was erased, and where its reader goes on. */
export const facts = z.object({ name: z.string(), organisation: z.string(), url: address })
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ organisation }: Facts): string => m.closing_mail_erased_subject({ organisation })

/** The body, for both parts. */
export function content({ name, organisation, url }: Facts): Content {
  return account({
    name,
    url,
    title: m.closing_mail_erased_subject({ organisation }),
    preview: m.closing_mail_erased_text({ organisation }),
    text: [m.closing_mail_erased_text({ organisation }), m.closing_mail_erased_account()],
    act: m.closing_mail_erased_act(),
    foot: m.closing_mail_erased_foot({ organisation }),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
