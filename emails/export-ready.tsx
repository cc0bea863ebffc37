import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know: whose archive is ready; `organisation` is null for a person's own. */
export const facts = z.object({
  name: z.string(),
  organisation: z.string().nullable(),
  sha256: z.string(),
  days: z.number(),
  url: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ organisation }: Facts): string =>
  organisation === null ? m.privacy_mail_export_subject() : m.privacy_mail_export_subject_of({ organisation })

/** The body, for both parts. */
export function content(said: Facts): Content {
  const { name, sha256, days, url } = said
  const text = m.privacy_mail_export_text({ days: String(days) })
  return account({
    name,
    url,
    title: subject(said),
    preview: text,
    text: [text, m.privacy_mail_export_hash({ sha256 })],
    act: m.privacy_mail_export_act(),
    foot: m.privacy_mail_export_foot(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
