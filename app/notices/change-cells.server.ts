import { foldText } from '#app/catalogues/fold-text.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { betterThan, type StoredAnswer, type WorksChoice } from './answers.ts'
import type { Measure } from './measures.ts'

/** What a change of answers did to one measure of one notice. */
export interface CellsChanged {
  readonly noticeId: string
  readonly measure: Measure
  readonly cells: number
  /** Something that was agreed is taken back. */
  readonly worse: boolean
  /** SHA-256 of the sorted ids of the works, one a line; null where the default was set. */
  readonly digest: string | null
}

/** Some notices, locked, each with the number of the event that the change belongs to. */
export interface CellChange {
  readonly notices: readonly { readonly id: string; readonly sequence: number }[]
  readonly measures: readonly Measure[]
  readonly answer: StoredAnswer
}

/**
 * Changes the default answer of measures. Works with an answer of their own keep it, unless `clear`; a withdrawn work
 * stays withdrawn.
 */
export function changeDefaults(
  tx: Transaction,
  { notices, measures, answer, clear }: CellChange & { readonly clear: boolean },
): Promise<readonly CellsChanged[]> {
  const { outcome, code, text, effectiveOn } = answer
  return tx.$queryRaw<CellsChanged[]>`
    select notice_id as "noticeId", measure, cells, worse, null as digest
    from change_default_answers(${JSON.stringify(notices)}::jsonb, ${[...measures]}::text[], ${outcome}::text, ${code}::text,
      ${text}::text, ${effectiveOn}::date, ${clear}::boolean, ${[...betterThan(outcome)]}::text[])`
}

/**
 * Changes the answers of chosen works: a cell of its own where the answer differs from the default, none where it does
 * not. A withdrawn work stays withdrawn; a work outside the scope is not found.
 */
export function changeCells(
  tx: Transaction,
  { notices, measures, answer, works }: CellChange & { readonly works: Exclude<WorksChoice, { kind: 'all' }> },
): Promise<readonly CellsChanged[]> {
  const { outcome, code, text, effectiveOn } = answer
  const { chosen, except, filter } = sifted(works)
  const fragment = filter.text === undefined ? null : foldText(filter.text)
  return tx.$queryRaw<CellsChanged[]>`
    select notice_id as "noticeId", measure, cells, worse, digest
    from change_answers(${JSON.stringify(notices)}::jsonb, ${[...measures]}::text[], ${outcome}::text, ${code}::text,
      ${text}::text, ${effectiveOn}::date, ${[...betterThan(outcome)]}::text[], ${chosen}::uuid[], ${except}::uuid[],
      ${fragment}::text, ${filter.kind ?? null}::text, ${filter.outcome ?? null}::text)`
}

type Filter = Extract<WorksChoice, { kind: 'filtered' }>['filter']

function sifted(works: Exclude<WorksChoice, { kind: 'all' }>): {
  chosen: string[] | null
  except: string[]
  filter: Filter
} {
  if (works.kind === 'chosen') return { chosen: works.workIds, except: [], filter: {} }
  return { chosen: null, except: works.except, filter: works.filter }
}
