import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import type { FoundImport } from './find-import.server.ts'
import { ImportCounts } from './import-counts.tsx'
import { wordsForFailure } from './import-failure.ts'
import { ImportRejects } from './import-remarks.tsx'

/** What an import did: counts, the file of rejected rows, the version; or why it did nothing, and *Try again*. */
export function ImportResultPage({ found, mayEdit }: { found: FoundImport; mayEdit: boolean }) {
  if (found.status === 'done') return <Done found={found} />
  return (
    <div className="stack tight">
      <Note tone={found.status === 'failed' ? 'late' : 'info'} status>
        <p>{found.status === 'failed' ? wordsForFailure(found.failure) : m.catalogues_stopped_text()}</p>
      </Note>
      {mayEdit && (
        <form method="post" className="bs">
          {found.mapping !== null && (
            <Button look="go" name="intent" value="retry">
              {m.catalogues_try_again()}
            </Button>
          )}
          <LinkButton href={`/catalogues/${found.catalogueId}/import`}>{m.catalogues_import_another()}</LinkButton>
        </form>
      )}
    </div>
  )
}

function Done({ found }: { found: FoundImport }) {
  const { counts, version, catalogueId, id, rejectsSha256, preview } = found
  const rejected = counts?.rejected ?? 0
  return (
    <div className="stack close">
      <Note tone={rejected > 0 ? 'question' : 'agreed'} status>
        <p>
          <b>{version === null ? m.catalogues_done_no_version() : m.catalogues_done_version({ version })}</b>
        </p>
        {rejected > 0 && (
          <p>
            {m.catalogues_done_rejected({ count: formatNumber(rejected) })}
            {sentenceGap()}
            {rejectsSha256 !== null && (
              <a href={`/catalogues/${catalogueId}/import/${id}/rejected.csv`}>{m.catalogues_done_rejects_file()}</a>
            )}
          </p>
        )}
        <p>{m.catalogues_done_mailed()}</p>
      </Note>
      {counts !== null && (
        <Section id="counts" title={m.catalogues_import_total()} quiet>
          <div className="fs">
            <ImportCounts counts={counts} />
          </div>
        </Section>
      )}
      {preview !== null && rejected > 0 && <ImportRejects rejects={preview.rejects} isDone />}
      <div className="bs">
        <LinkButton look="go" href={`/catalogues/${catalogueId}`}>
          {m.catalogues_done_see()}
        </LinkButton>
      </div>
    </div>
  )
}
