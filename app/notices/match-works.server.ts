import { checkIdentifier, identifierSchemes, isScheme } from '#app/catalogues/identifiers.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { mostPickedWorks } from './filing-draft.ts'
import { linesOf } from './letter-words.ts'

/** The works that pasted lines name, and the lines that name none. */
export interface WorksMatched {
  readonly workIds: readonly string[]
  readonly unmatched: readonly string[]
}

/** An identifier that a line may be, in its normal form. */
interface Candidate {
  readonly line: number
  readonly scheme: string
  readonly value: string
}

/**
 * Finds works by what a filer pasted, one identifier a line: the catalogue's own id, or any identifier in any way of
 * writing it. A line that names several works takes them all.
 */
export async function matchWorks(
  tx: Transaction,
  { catalogueId, version, pasted }: { catalogueId: string; version: number; pasted: string },
): Promise<WorksMatched> {
  const lines = [...new Set(linesOf(pasted))].slice(0, mostPickedWorks)
  if (lines.length === 0) return { workIds: [], unmatched: [] }
  const candidates = lines.flatMap((line, index) => candidatesOf(line, index))
  const rows = await tx.$queryRaw<{ line: number; workId: string }[]>`
    select q.line::int, w.work_id as "workId" from unnest(${lines}::text[]) with ordinality q (text, line)
      join work w on w.catalogue_id = ${catalogueId}::uuid and w.external_id = q.text
      where w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version})
    union
    select q.line + 1, i.work_id from unnest(${candidates.map(({ line }) => line)}::int[],
        ${candidates.map(({ scheme }) => scheme)}::text[], ${candidates.map(({ value }) => value)}::text[]) q (line, scheme, value)
      join work_identifier i on i.catalogue_id = ${catalogueId}::uuid and i.scheme = q.scheme and i.value = q.value
      where i.valid_from <= ${version} and (i.valid_to is null or i.valid_to > ${version})`
  const named = new Set(rows.map(({ line }) => line))
  return {
    workIds: [...new Set(rows.map(({ workId }) => workId))],
    unmatched: lines.filter((_, index) => !named.has(index + 1)),
  }
}

/** What a line would be as an identifier of each scheme. */
export function candidatesOf(text: string, line: number): Candidate[] {
  return Object.keys(identifierSchemes).flatMap((scheme) => {
    if (!isScheme(scheme)) return []
    const verdict = checkIdentifier(scheme, text)
    return verdict.valid ? [{ line, scheme, value: verdict.value }] : []
  })
}
