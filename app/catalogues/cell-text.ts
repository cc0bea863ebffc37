// Overrides and isolates can make a title read backwards on a page; plain left-to-right marks are left alone.
const hidden = /(?![\t\r\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu
// A cell of nothing but format characters and spaces looks empty, and is.
const nothingVisible = /^[\p{Cf}\p{Z}\s]*$/u
// What `neutraliseCell` writes, so that rejected rows come back as they were.
const neutralised = /^'(?=[\s\u00A0\u3000]*[=+\-@＝＋－＠])/u
// Most cells need nothing: one look decides. \p{C} holds controls, format characters and broken surrogates.
const needsCare = /\p{C}|^[\s']|\s$|^$/u
const formulaStart = /^[\s\u00A0\u3000]*[=+\-@＝＋－＠]|^[\t\r]/u

/** A cell ready to be read, and whether characters that nobody can see were taken out of it. */
export type CleanCell = { text: string; hadHidden: boolean }

/**
 * Cleans a cell of a file: broken surrogates are replaced, invisible control and direction characters go, line breaks
 * become spaces. Nothing visible is changed and nothing is shortened.
 */
export function cleanCell(raw: string): CleanCell {
  if (!needsCare.test(raw)) return { text: raw, hadHidden: false }
  const text = raw.toWellFormed()
  const visible = text.replaceAll(hidden, '')
  const hadHidden = visible.length !== text.length
  if (nothingVisible.test(visible)) return { text: '', hadHidden }
  return {
    text: visible
      .replaceAll(/[ \t\r\n]+/gu, onOneLine)
      .trim()
      .replace(neutralised, ''),
    hadHidden,
  }
}

// A break and the blanks around it are one space. Run by run, since looking for breaks from every blank takes the square of a run.
function onOneLine(run: string): string {
  return /[\r\n]/u.test(run) ? run.replace(/^[ \t]+/u, '').replaceAll(/[\r\n]+[ \t]*/gu, ' ') : run
}

/**
 * A cell for a CSV file that a spreadsheet may open: what begins like a formula gets an apostrophe before it, since
 * `-ナルト- 疾風伝` and `=HYPERLINK(...)` begin alike.
 */
export function neutraliseCell(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text
}

/** One line of CSV (RFC 4180) whose cells are safe to open in a spreadsheet, with its line break. */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map((cell) => quote(typeof cell === 'string' ? neutraliseCell(cell) : String(cell ?? ''))).join(',')}\r\n`
}

function quote(text: string): string {
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
