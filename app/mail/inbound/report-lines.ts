// sendmail's transcript shows the talk first and names the recipient after it.
const transcript = /^(?:\.\.\. )?while talking|^>>>|^<<<|^[45]\d\d \S+ \(smtp\)/i
const maxOwnLines = 40

/**
 * Tells the lines of a report that are about one recipient: from each mention up to the mention of another, with the
 * transcript that leads to it. Who is mentioned where is looked up once, for there can be hundreds.
 *
 * @param all every recipient of the report, lowercased
 * @returns takes a recipient, lowercased; empty for a report that names none
 */
export function linesAboutEach(report: string, all: readonly string[]): (recipient: string) => string {
  const texts = report.split('\n', 4000)
  const lines = texts.map((text) => ({ text, named: namedIn(text, all), isTalk: transcript.test(text) }))
  return (recipient) => linesAbout(lines, recipient, all)
}

type Line = { readonly text: string; readonly named: string | null; readonly isTalk: boolean }

function linesAbout(lines: readonly Line[], recipient: string, all: readonly string[]): string {
  if (recipient === '') return beginning(lines)
  let current = ''
  let before: string[] = []
  const own: string[] = []
  for (const { text, named, isTalk } of lines) {
    if (named === null && isTalk) {
      before.push(text)
      continue
    }
    if (named !== null && named !== current) {
      current = named
      if (current === recipient) own.push(...before)
      before = []
    }
    if (current !== recipient) continue
    own.push(...before, text)
    before = []
    if (own.length >= maxOwnLines) break
  }
  if (current === recipient) own.push(...before)
  return own.length === 0 && all.length === 1 ? beginning(lines) : own.join('\n')
}

function beginning(lines: readonly Line[]): string {
  return lines
    .slice(0, maxOwnLines)
    .map(({ text }) => text)
    .join('\n')
}

function namedIn(line: string, all: readonly string[]): string | null {
  const lower = line.slice(0, 2000).toLowerCase()
  if (!lower.includes('@')) return null
  return all.find((one) => one !== '' && lower.includes(one)) ?? null
}
