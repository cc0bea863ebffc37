import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { Content } from './blocks.ts'
import { instantInZones } from './dates.ts'
import { address, instant } from './facts.ts'
import { Layout } from './layout.tsx'
import { withReference, worksOf } from './wording.ts'

const names = z.object({ name: z.string(), nameOther: z.string().nullable() })

/** What the mail that asks a member to look at its annex needs to know. */
export const facts = z.object({
  name: z.string(),
  filing: z.string(),
  association: names,
  member: names,
  kind: z.enum(['exclusion', 'cease_and_desist', 'takedown']),
  works: z.int().nonnegative(),
  catalogue: z.string(),
  /** The first of them. */
  vendors: z.array(z.string()),
  vendorsTotal: z.int().positive(),
  /** Without an approval nothing is sent; else silence lets it go. */
  approvalRequired: z.boolean(),
  endsAt: instant,
  zones: z.array(z.string()).min(1).max(2),
  url: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ association, endsAt, zones, filing }: Facts): string =>
  withReference(
    m.collective_mail_review_subject({ association: named(association), until: instantInZones(endsAt, zones) }),
    filing,
  )

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { name, filing, association, member, works, catalogue, vendors, vendorsTotal, endsAt, zones, url } = given
  const until = instantInZones(endsAt, zones)
  const more = vendorsTotal - vendors.length
  const listed = vendors.join(m.filing_list_comma())
  const silence = given.approvalRequired ? m.collective_mail_review_approval() : m.collective_mail_review_silence()
  return {
    kicker: m.collective_mail_kicker(),
    reference: filing,
    title: m.collective_mail_review_title({ association: named(association), member: named(member) }),
    preview: m.collective_mail_review_until({ until }),
    blocks: [
      { kind: 'line', line: [m.mails_hello({ name })] },
      {
        kind: 'due',
        line: [{ text: m.collective_mail_review_until({ until }), strong: true }, sentenceGap(), silence],
      },
      { kind: 'line', line: [m.collective_mail_review_text()] },
      {
        kind: 'facts',
        rows: [
          {
            label: m.approvals_vendors(),
            line: [more > 0 ? m.approvals_vendors_more({ vendors: listed, count: formatNumber(more) }) : listed],
          },
          { label: m.approvals_works(), line: [worksOf(works)] },
          { label: m.collective_catalogue(), line: [catalogue] },
        ],
      },
      { kind: 'act', label: m.collective_mail_review_act(), href: url },
    ],
    foot: [[m.mails_account_check({ host: new URL(url).host })]],
  }
}

function named({ name, nameOther }: Facts['association']): string {
  return nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther)
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
