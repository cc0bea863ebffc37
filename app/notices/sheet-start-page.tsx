import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { FileField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'

interface SheetStartProps {
  readonly works: number
  readonly measures: number
  readonly fits: boolean
  /** Where the files of answers lie: `…/matrix.csv` and `…/matrix.xlsx` follow. */
  readonly files: string
  readonly faults: readonly string[]
  /** Further fields of the form, before the file. */
  readonly children?: ReactNode
  readonly intent?: string
  /** 3 where a section around it has the heading above. */
  readonly level?: 2 | 3
}

/** The two halves of answering by a file: take the answers, and send them back. */
export function SheetStart({ works, measures, fits, files, faults, children, intent, level = 2 }: SheetStartProps) {
  const rows = formatNumber(works * measures)
  return (
    <div className="stack close">
      <Section id="download" title={m.sheets_download()} level={level}>
        <p>{m.sheets_download_help({ rows })}</p>
        {!fits && <p className="gap">{m.sheets_too_long({ rows })}</p>}
        <div className="bs gap">
          {fits && <LinkButton href={`${files}/matrix.xlsx`}>{m.sheets_download_xlsx()}</LinkButton>}
          <LinkButton href={`${files}/matrix.csv`}>{m.sheets_download_csv()}</LinkButton>
        </div>
      </Section>
      <Section id="upload" title={m.sheets_upload()} level={level}>
        <form method="post" encType="multipart/form-data" className="fs">
          <ErrorSummary faults={faults.map((text) => ({ text, id: 'file' }))} />
          {intent !== undefined && <input type="hidden" name="intent" value={intent} />}
          {children}
          <FileField
            field={{ id: 'file', name: 'file', errors: faults }}
            label={m.sheets_upload_file()}
            help={m.sheets_upload_help()}
            accept=".xlsx,.csv,.tsv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv,text/tab-separated-values,text/plain"
          />
          <div>
            <Button look="go">{m.sheets_upload_go()}</Button>
          </div>
        </form>
      </Section>
    </div>
  )
}
