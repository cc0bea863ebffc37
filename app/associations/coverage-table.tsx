import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Badge } from '#app/ui/badge.tsx'
import { formatNumber, formatShare } from '#app/ui/format.ts'
import { languageOf, nameIn } from '#app/ui/language-of.ts'
import type { Arranged, Row } from './arranged-coverage.ts'
import { decidedOf, standingOf, sumOf, type Cell, type Figures } from './coverage.ts'
import { coverageAddress, noticesOfCell, type CoverageQuery } from './coverage-query.ts'
import { standingSigns, standingWords } from './standing-words.ts'

interface Shown {
  readonly arranged: Arranged
  readonly query: CoverageQuery
}

/** Members by vendors. Head and first column stay while the rest scrolls; each cell leads to its notices. */
export function CoverageTable({ arranged, query }: Shown) {
  const { vendors, rows, foot } = arranged
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
    <section className="mx" tabIndex={0} aria-labelledby="matrix-caption">
      <table data-columns={vendors.length > 12 ? 'many' : undefined}>
        <caption className="sr" id="matrix-caption">
          {m.matrix_caption()}
        </caption>
        <thead>
          <tr>
            <SortHead query={query} by="name" words={m.matrix_member()} />
            {vendors.map(({ id, name, nameOther }) => (
              <SortHead key={id} query={query} by={id} words={read(name, nameOther)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MemberRow key={row.member.id} row={row} arranged={arranged} query={query} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{m.matrix_all()}</th>
            {vendors.map(({ id }, place) => (
              <td key={id}>
                <Sum figures={foot[place] ?? sumOf([])} href={noticesOfCell(query, { vendor: id })} query={query} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

function SortHead({ query, by, words }: { query: CoverageQuery; by: string; words: string }) {
  const now = (query.sort ?? 'name') === by
  return (
    <th scope="col" aria-sort={now ? (by === 'name' ? 'ascending' : 'descending') : undefined} lang={languageOf(words)}>
      <a href={coverageAddress({ ...query, sort: by === 'name' ? undefined : by })}>{words}</a>
    </th>
  )
}

function MemberRow({ row: { member, cells }, arranged: { vendors }, query }: { row: Row } & Shown) {
  const name = read(member.name, member.nameOther)
  return (
    <tr>
      <th scope="row">
        <a href={noticesOfCell(query, { member: member.id })} lang={languageOf(name)}>
          {name}
        </a>
      </th>
      {vendors.map(({ id }, place) => (
        <CoverageCell
          key={id}
          cell={cells[place] ?? null}
          href={noticesOfCell(query, { member: member.id, vendor: id })}
          query={query}
        />
      ))}
    </tr>
  )
}

type InCell = { readonly cell: Cell | null; readonly href: string; readonly query: CoverageQuery }

function CoverageCell(given: InCell) {
  return <td className={tintOf(given.cell)}>{contentOf(given)}</td>
}

function tintOf(cell: Cell | null): string | undefined {
  if (cell?.kind === 'no_mandate') return 'x-none'
  const tone = cell?.kind === 'filed' ? standingSigns[standingOf(cell.figures).standing][1] : 'ink'
  return tone === 'late' || tone === 'question' ? `x-${tone}` : undefined
}

function contentOf({ cell, href, query }: InCell): ReactNode {
  switch (cell?.kind) {
    case undefined:
      return null
    case 'no_mandate':
      return (
        <span>
          <Badge icon="w-lock" tone="none">
            {m.matrix_no_mandate()}
          </Badge>
        </span>
      )
    case 'unfiled':
      return <span className="st none">{m.matrix_unfiled()}</span>
    case 'filed':
      return <Filed figures={cell.figures} href={href} query={query} />
    default:
      return cell satisfies never
  }
}

function Filed({ figures, href, query }: { figures: Figures; href: string; query: CoverageQuery }) {
  const { standing, count } = standingOf(figures)
  const [icon, tone] = standingSigns[standing]
  const words = standingWords[standing]()
  return (
    <a href={href}>
      <span className="fig">{figureOf(figures, query)}</span>
      <Badge icon={icon} tone={tone}>
        {count === figures.notices ? words : m.matrix_some({ words, count: formatNumber(count) })}
      </Badge>
      {figures.notices > 1 && <span className="t-id">{progressOf(figures)}</span>}
    </a>
  )
}

function Sum({ figures, href, query }: { figures: Figures; href: string; query: CoverageQuery }) {
  return (
    <a href={href}>
      <span className="fig">{figureOf(figures, query)}</span>
      <span className="t-id">{progressOf(figures)}</span>
    </a>
  )
}

function progressOf(figures: Figures): string {
  return m.matrix_progress({
    acknowledged: formatNumber(figures.acknowledged),
    decided: formatNumber(decidedOf(figures)),
  })
}

function figureOf(figures: Figures, { count }: CoverageQuery): string {
  if (count !== 'share') return formatNumber(figures[count])
  return formatShare(decidedOf(figures) / figures.notices)
}

function read(name: string, nameOther: string | null): string {
  return nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther)
}
