/** At most so many statements are kept prepared on each connection; those that come later are planned each time. */
export const mostPrepared = 400

/**
 * Gives each statement a name, the same each time, so that a connection parses and plans it once. Planning is most of what
 * a small statement under row-level security costs. Statements whose text is long because of the values written into it
 * are not worth a place.
 */
export function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    // pg prepares under a name only when it is not empty.
    if (names.size >= mostPrepared || sql.length > 20_000) return ''
    const name = `s${names.size}`
    names.set(sql, name)
    return name
  }
}
