import { renderToStaticMarkup } from 'react-dom/server'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatNumber, formatShare } from '#app/ui/format.ts'
import { Icon } from '#app/ui/icon.tsx'
import type { IconName } from '#app/ui/icons.ts'
import { languageOf, nameIn } from '#app/ui/language-of.ts'
import type { Arranged, Row } from './arranged-coverage.ts'
import { decidedOf, standingOf, sumOf, type Cell, type Figures } from './coverage.ts'
import { countsAll, noticesOfCells, type CoverageQuery } from './coverage-query.ts'
import { listedState, standingSigns, standingWords } from './standing-words.ts'

interface Shown {
  readonly arranged: Arranged
  readonly query: CoverageQuery
}

/**
 * The rows of the matrix as HTML. Eight thousand cells as elements take the renderer a third of a second, and as text a
 * thirtieth; every name in them is escaped here.
 */
export function coverageRows({ arranged, query }: Shown): string {
  const addressOf = addressesIn(query)
  return arranged.rows.map((row) => rowOf(row, { arranged, query, addressOf })).join('')
}

/** The last row: the sums of every column. */
export function coverageFoot({ arranged: { vendors, foot, footWorks }, query }: Shown): string {
  const addressOf = addressesIn(query)
  const sums = vendors.map(({ id }, place) => {
    const figures = foot[place] ?? sumOf([])
    const figure =
      query.count === 'works' ? worksOf(figures, footWorks[place] ?? null, query) : figureOf(figures, query)
    return `<td><a href="${addressOf({ vendor: id })}">${figure}${progressOf(figures)}</a></td>`
  })
  return `<tr><th scope="row">${escaped(m.matrix_all())}</th>${sums.join('')}</tr>`
}

// Here works of several members come together: each counts once, and beside it the claims. While that is being counted, and
// where a filter leaves notices out, a joint one counts for each that claims it, and the number says so.
function worksOf(figures: Figures, once: number | null, query: CoverageQuery): string {
  if (once !== null) {
    const claims = m.matrix_works_once({ claims: formatNumber(figures.works) })
    return `<span class="fig">${escaped(formatNumber(once))}</span><span class="t-id">${escaped(claims)}</span>`
  }
  const claims = countsAll(query) ? m.matrix_claims_counting() : m.matrix_claims()
  return `${figureOf(figures, query)}<span class="t-id">${escaped(claims)}</span>`
}

// Of what stands in these addresses only the ampersand needs an escape.
function addressesIn(query: CoverageQuery) {
  const addressOf = noticesOfCells(query)
  return (cell: Parameters<typeof addressOf>[0]): string => addressOf(cell).replaceAll('&', '&amp;')
}

type Drawing = Shown & { readonly addressOf: ReturnType<typeof addressesIn> }

function rowOf({ member, cells }: Row, { arranged: { vendors }, query, addressOf }: Drawing): string {
  const name = nameIn(getLocale() === 'ja' ? 'ja' : 'en', member.name, member.nameOther)
  const language = languageOf(name)
  const lang = language === undefined ? '' : ` lang="${language}"`
  const head = `<th scope="row"><a href="${addressOf({ member: member.id })}"${lang}>${escaped(name)}</a></th>`
  const drawn = vendors.map(({ id }, place) =>
    cellOf(cells[place] ?? null, { query, addressOf, of: { member: member.id, vendor: id } }),
  )
  return `<tr>${head}${drawn.join('')}</tr>`
}

interface Place extends Pick<Drawing, 'query' | 'addressOf'> {
  readonly of: { readonly member: string; readonly vendor: string }
}

function cellOf(cell: Cell | null, place: Place): string {
  switch (cell?.kind) {
    case undefined:
      return '<td></td>'
    case 'no_mandate':
      return `<td class="x-none"><span>${badgeOf('w-lock', 'none', m.matrix_no_mandate())}</span></td>`
    case 'unfiled':
      return `<td><span class="st none">${escaped(m.matrix_unfiled())}</span></td>`
    case 'filed':
      return filed(cell.figures, place)
    default:
      return cell satisfies never
  }
}

// Where only some of its notices are in the state that a cell shows, that number leads to just those.
function filed(figures: Figures, { query, addressOf, of }: Place): string {
  const { standing, count } = standingOf(figures)
  const [icon, tone] = standingSigns[standing]
  const words = standingWords[standing]()
  const tint = tone === 'late' || tone === 'question' ? ` class="x-${tone}"` : ''
  const progress = figures.notices > 1 ? progressOf(figures) : ''
  const all = `<a href="${addressOf(of)}">${figureOf(figures, query)}${progress}`
  if (count === figures.notices) return `<td${tint}>${all}${badgeOf(icon, tone, words)}</a></td>`
  const state = listedState(standing, figures)
  const said = badgeOf(icon, tone, m.matrix_some({ words, count: formatNumber(count) }))
  return `<td${tint}>${all}</a><a href="${addressOf({ ...of, state })}">${said}</a></td>`
}

function badgeOf(icon: IconName, tone: string, words: string): string {
  return `<span class="st${tone === 'ink' ? '' : ` ${tone}`}">${signOf(icon)}${escaped(words)}</span>`
}

const signs = new Map<IconName, string>()

function signOf(icon: IconName): string {
  const known = signs.get(icon)
  if (known !== undefined) return known
  const drawn = renderToStaticMarkup(<Icon name={icon} />)
  signs.set(icon, drawn)
  return drawn
}

function progressOf(figures: Figures): string {
  const said = m.matrix_progress({
    acknowledged: formatNumber(figures.acknowledged),
    decided: formatNumber(decidedOf(figures)),
  })
  return `<span class="t-id">${escaped(said)}</span>`
}

function figureOf(figures: Figures, { count }: CoverageQuery): string {
  const share = figures.notices === 0 ? 0 : decidedOf(figures) / figures.notices
  return `<span class="fig">${escaped(count === 'share' ? formatShare(share) : formatNumber(figures[count]))}</span>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// Most texts have nothing to escape, and to look is quicker than to replace.
function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign) : text
}
