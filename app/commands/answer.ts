/** What a command answers: an object for `--json`, lines for people, and whether some rows failed. */
export type Answer = { json: Record<string, unknown>; lines: string[]; someFailed?: boolean }

/** Bad use of a command that its parser cannot see: an unknown slug, a kind that does not exist. Exit code 2. */
export class BadUseError extends Error {
  override name = 'BadUseError'
}

/** One line per row, columns as wide as their widest cell. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
