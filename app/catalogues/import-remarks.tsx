import { m } from '#app/generated/messages/messages.js'
import { Details } from '#app/ui/details.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { rowsInDoubt, type ImportPreview } from './import-preview.ts'
import { wordsForReject } from './reject-words.ts'
import { remarks } from './remark-words.ts'

/** What was noticed about rows that are imported all the same: each remark with its rows and the first lines. */
export function ImportRemarks({ preview, file }: { preview: ImportPreview; file: string }) {
  const noticed = Object.entries(remarks).flatMap(([code, words]) => {
    const tally = preview.warnings[code]
    return tally === undefined ? [] : [{ code, words: words(), ...tally }]
  })
  if (noticed.length === 0 && rowsInDoubt(preview) === 0) return null
  return (
    <Section id="remarks" title={m.catalogues_remarks()}>
      {noticed.length > 0 && (
        <ul className="lines">
          {noticed.map(({ code, words, rows, samples }) => (
            <li key={code}>
              <Details summary={`${words} · ${m.catalogues_rows({ count: formatNumber(rows) })}`}>
                <ul>
                  {samples.map(({ line, raw }, index) => (
                    // oxlint-disable-next-line react/no-array-index-key -- a row can have two remarks of one kind
                    <li key={index}>
                      {m.catalogues_decide_line({ line })} {raw !== undefined && <Name>{raw}</Name>}
                    </li>
                  ))}
                </ul>
              </Details>
            </li>
          ))}
        </ul>
      )}
      <p className="cap">
        <a href={file}>{m.catalogues_remarks_file()}</a>
      </p>
    </Section>
  )
}

/** Which rows are left out, by reason, with their first lines. */
export function ImportRejects({ rejects, isDone = false }: { rejects: ImportPreview['rejects']; isDone?: boolean }) {
  if (rejects.length === 0) return null
  return (
    <Section id="rejected" title={m.catalogues_import_rejected_rows()}>
      <ul className="lines">
        {rejects.map(({ because, rows, lines }) => (
          <li key={because}>
            {wordsForReject(because)}
            <span className="t-id">
              {m.catalogues_rows({ count: formatNumber(rows) })} ·{' '}
              {m.catalogues_remark_lines({ lines: linesOf(lines, rows) })}
            </span>
          </li>
        ))}
      </ul>
      {!isDone && <p className="cap">{m.catalogues_import_rejected_help()}</p>}
    </Section>
  )
}

function linesOf(lines: readonly number[], rows: number): string {
  const known = lines.map((line) => formatNumber(line)).join(', ')
  return rows > lines.length ? `${known} …` : known
}
