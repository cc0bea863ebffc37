import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { auditActor, auditSentence } from '#app/accounts/audit-words.ts'
import { readAuditQuery, type AuditLine } from '#app/accounts/audit.ts'
import { streamAudit } from '#app/accounts/find-audit.server.ts'
import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { csvLine } from '#app/catalogues/cell-text.ts'
import { m } from '#app/generated/messages/messages.js'
import { withPerson } from '#app/platform/db.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import type { Route } from './+types/audit-csv.ts'

/** The record of an organisation as CSV, for its owners; that it was taken is written down first. */
export async function loader({ request, context }: Route.LoaderArgs): Promise<Response> {
  const member = requireMember(context)
  const { organisation, personId, locale } = member
  if (!mayDo(organisation.role, 'manage-organisation')) return new Response(null, { status: 404 })
  const { before: _before, ...asked } = readAuditQuery(request.url)
  await withPerson(personId, (tx) =>
    recordAudit(tx, { organisationId: organisation.id, kind: 'audit-exported', personId, facts: asked }),
  )
  const lines = csvOf(streamAudit(member, asked), locale)
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${organisation.slug}-audit.csv"`,
    },
  })
}

// The answer is read when its request is over: each line is put into the reader's language by itself.
async function* csvOf(lines: AsyncIterable<AuditLine>, locale: 'en' | 'ja'): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const written = (cells: () => string[]) => encoder.encode(withLocale(locale, () => csvLine(cells())))
  yield encoder.encode('\uFEFF')
  yield written(() => ['at', 'kind', m.audit_who(), m.audit_what(), m.audit_from_where(), 'browser'])
  for await (const line of lines) {
    const { at, kind, networkAddress, browser } = line
    yield written(() => [
      at.toISOString(),
      kind,
      auditActor(line),
      auditSentence(line),
      networkAddress ?? '',
      browser ?? '',
    ])
  }
}
