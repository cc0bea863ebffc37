// sendmail's transcript shows the talk first and names the recipient after it.
const transcript = /^(?:\.\.\. )?while talking|^>>>|^<<<|^[45]\d\d \S+ \(smtp\)/i
const maxOwnLines = 40

/**
 * The lines of a report that are about one recipient: from each mention up to the mention of another, with the transcript
 * that leads to it.
 *
 * @param recipient lowercased; empty for a report that names none
 * @param all every recipient of the report, lowercased
 */
export function linesAbout(report: string, recipient: string, all: readonly string[]): string {
  const lines = report.split('\n', 4000)
  if (recipient === '') return lines.slice(0, maxOwnLines).join('\n')
  let current = ''
  let before: string[] = []
  const own: string[] = []
  for (const line of lines) {
    const named = namedIn(line, all)
    if (named === null && transcript.test(line)) {
      before.push(line)
      continue
    }
    if (named !== null && named !== current) {
      current = named
      if (current === recipient) own.push(...before)
      before = []
    }
    if (current !== recipient) continue
    own.push(...before, line)
    before = []
    if (own.length >= maxOwnLines) break
  }
  if (current === recipient) own.push(...before)
  return own.length === 0 && all.length === 1 ? lines.slice(0, maxOwnLines).join('\n') : own.join('\n')
}

function namedIn(line: string, all: readonly string[]): string | null {
  const lower = line.slice(0, 2000).toLowerCase()
  if (!lower.includes('@')) return null
  return all.find((one) => one !== '' && lower.includes(one)) ?? null
}
