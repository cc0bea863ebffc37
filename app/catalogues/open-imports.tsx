import { m } from '#app/generated/messages/messages.js'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { OpenImport } from './find-catalogues.server.ts'
import { wordForStatus } from './status-words.ts'

/** Imports that wait for somebody, run, or failed. Nothing when there are none. */
export function OpenImports({
  imports,
  catalogueId,
  timeZone,
}: {
  imports: readonly OpenImport[]
  catalogueId: string
  timeZone: string
}) {
  if (imports.length === 0) return null
  return (
    <Section id="imports" title={m.catalogues_unfinished()}>
      <ul className="lines">
        {imports.map(({ id, fileName, status, createdAt }) => (
          <li key={id}>
            <a href={`/catalogues/${catalogueId}/import/${id}`}>{fileName}</a> · {wordForStatus(status)} ·{' '}
            <Moment at={createdAt} timeZone={timeZone} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
