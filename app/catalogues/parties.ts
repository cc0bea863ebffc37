/** A person or company with the part it took, as the catalogue writes both. */
export type Party = { name: string; role?: string }

// Full-width brackets are read too; a name may carry its role before or after it.
const leading = /^[[［【]([^\]］】]{1,40})[\]］】](.*)$/u
const trailing = /^(.+?)[[［【]([^\]］】]{1,40})[\]］】]$/u

/**
 * Reads a cell such as `[製作]大川博 ／ 東映動画 ／ [制作]原徹`. A role holds for the names after it, until the next one.
 * Names are split at ／, at a slash between spaces, at ; and at |, since names hold commas and bare slashes.
 */
export function readParties(cell: string): Party[] {
  const parties: Party[] = []
  let role: string | undefined
  for (const part of cell.split(/[／;；|\n]|\s\/\s/u)) {
    const before = leading.exec(part.trim())
    if (before !== null) role = before[1]?.trim()
    const rest = before === null ? part.trim() : (before[2] ?? '').trim()
    const after = trailing.exec(rest)
    const name = (after?.[1] ?? rest).trim()
    // Rules and dashes are a printer's ornaments, not names.
    if (!/[\p{L}\p{N}]/u.test(name)) continue
    parties.push(partyOf(name, after?.[2]?.trim() ?? role))
  }
  return parties
}

function partyOf(name: string, role: string | undefined): Party {
  return role === undefined || role === '' ? { name } : { name, role }
}
