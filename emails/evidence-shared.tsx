import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { Content } from './blocks.ts'
import { actFacts, noticeFacts } from './facts.ts'
import { actRows, progress, withReference } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  /** The files that can be opened from the notice now; nothing is attached. */
  pieces: z.array(z.object({ name: z.string().nullable(), sha256: z.string() })).min(1),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, holder, pieces }: Facts): string =>
  withReference(
    m.evidence_mail_subject({ holder: holder.name, count: formatNumber(pieces.length), n: pieces.length }),
    reference,
  )

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { holder, act, pieces } = given
  return progress(given, {
    title: m.evidence_mail_subject({ holder: holder.name, count: formatNumber(pieces.length), n: pieces.length }),
    preview: m.evidence_mail_where(),
    blocks: [
      { kind: 'line', line: [m.evidence_mail_where()] },
      {
        kind: 'bullets',
        items: pieces.map(({ name, sha256 }) => [
          name ?? m.evidence_mail_unnamed(),
          ' · SHA-256 ',
          { text: sha256, mono: true },
        ]),
      },
      { kind: 'facts', rows: actRows(act) },
    ],
    act: m.evidence_mail_open(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
