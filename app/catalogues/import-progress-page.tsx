import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Progress } from '#app/ui/progress.tsx'
import type { FoundImport } from './find-import.server.ts'
import { importProgress } from './import-progress.ts'

const secondsBetweenLoads = 3

/** An import that waits or runs, or a file that is being read. The page loads again by itself, with script or without. */
export function ImportProgressPage({ found, mayEdit }: { found: FoundImport; mayEdit: boolean }) {
  const { value, max, text } = importProgress(found)
  return (
    <section className="panel pad stack tight">
      <noscript>
        <meta httpEquiv="refresh" content={String(secondsBetweenLoads)} />
      </noscript>
      <Progress
        value={value}
        max={max}
        label={m.catalogues_running_title({ file: found.fileName })}
        href={`/catalogues/${found.catalogueId}/import/${found.id}/progress`}
      >
        {text}
      </Progress>
      {mayEdit && found.status !== 'mapping' && (
        <form method="post" className="bs">
          {found.stopRequested ? (
            <p className="cap">{m.catalogues_stopping()}</p>
          ) : (
            <Button name="intent" value="stop">
              {m.catalogues_stop()}
            </Button>
          )}
        </form>
      )}
    </section>
  )
}
