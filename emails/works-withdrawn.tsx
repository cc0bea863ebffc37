import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { actFacts, address, noticeFacts } from './facts.ts'
import { actRows, progress, withReference, worksOf } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  withdrawn: z.int().positive(),
  remaining: z.int().nonnegative(),
  reason: z.string(),
  /** The remaining list as CSV. */
  annexUrl: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, holder, withdrawn }: Facts): string =>
  withReference(m.mails_works_withdrawn_subject({ holder: holder.name, works: worksOf(withdrawn) }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { holder, act, withdrawn, remaining, reason, annexUrl } = given
  const left = remaining === 0 ? m.mails_works_none_left() : m.mails_works_left({ works: worksOf(remaining) })
  return progress(given, {
    title: m.mails_works_withdrawn_title({ holder: holder.name, works: worksOf(withdrawn) }),
    preview: left,
    blocks: [
      { kind: 'line', line: [left] },
      { kind: 'facts', rows: [{ label: m.mails_row_reason(), line: [reason] }, ...actRows(act)] },
      ...(remaining === 0
        ? []
        : [
            {
              kind: 'links',
              links: [{ label: m.mails_works_left_csv({ works: worksOf(remaining) }), href: annexUrl }],
            } as const,
          ]),
    ],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
