import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { Content } from './blocks.ts'
import { checkEach, gathered, gatheredFacts, gatheredSubject, type GatheredFacts } from './gathered.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = gatheredFacts

/** The subject line. */
export const subject = (given: GatheredFacts): string => gatheredSubject(given, titleOf(given))

/** The body, for both parts. */
export function content(given: GatheredFacts): Content {
  return gathered(given, {
    kicker: m.clocks_mail_kicker_passed(),
    title: titleOf(given),
    lead: m.clocks_mail_passed_lead(),
    foot: [checkEach(given)],
  })
}

function titleOf({ total }: GatheredFacts): string {
  return m.clocks_mail_passed_title({ n: total, count: formatNumber(total) })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
