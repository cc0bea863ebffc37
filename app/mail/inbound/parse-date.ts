/** The instant a Date header names (RFC 5322 section 3.3), or null; comments and the older forms are taken too. */
export function parsedDate(value: string): Date | null {
  const plain = value
    .slice(0, 200)
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (!/\d/.test(plain)) return null
  const date = new Date(plain)
  const year = date.getUTCFullYear()
  return Number.isNaN(year) || year < 1970 || year > 9999 ? null : date
}
