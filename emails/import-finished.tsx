import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

const count = z.int().nonnegative()

/** What this mail needs to know. `failure` is a sentence in the reader's language when the import did not end well. */
export const facts = z.object({
  name: z.string(),
  catalogue: z.string(),
  source: z.string(),
  failure: z.string().nullable(),
  version: z.int().positive().nullable(),
  rows: count,
  added: count,
  changed: count,
  unchanged: count,
  removed: count,
  rejected: count,
  url: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ catalogue, failure, rows }: Facts): string =>
  failure === null
    ? m.mails_import_finished_subject({ catalogue, count: formatNumber(rows), n: rows })
    : m.mails_import_failed_subject({ catalogue })

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { name, catalogue, source, failure, version, rejected, url } = given
  const figures = [
    [m.mails_import_rows(), given.rows],
    [m.mails_import_added(), given.added],
    [m.mails_import_changed(), given.changed],
    [m.mails_import_unchanged(), given.unchanged],
    [m.mails_import_removed(), given.removed],
    [m.mails_import_rejected(), rejected],
  ] as const
  const told = failure ?? (version === null ? m.mails_import_no_version() : m.mails_import_version({ version }))
  return {
    kicker: m.mails_kicker_catalogue(),
    title: failure === null ? m.mails_import_finished_title({ catalogue }) : m.mails_import_failed_title({ catalogue }),
    preview: told,
    blocks: [
      { kind: 'line', line: [m.mails_hello({ name })] },
      { kind: 'line', line: [m.mails_import_source({ source }), told] },
      { kind: 'facts', rows: figures.map(([label, value]) => ({ label, line: [formatNumber(value)] })) },
      { kind: 'act', label: rejected > 0 ? m.mails_import_see_rejected() : m.mails_import_see(), href: url },
    ],
    foot: [[m.mails_import_foot()], [m.mails_account_check({ host: new URL(url).host })]],
  }
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
