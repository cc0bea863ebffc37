/** What a ledger may hold: strings, safe integers, booleans, and lists and objects of them. */
export type Canonical = string | number | boolean | readonly Canonical[] | { readonly [key: string]: Canonical }

/**
 * The one text of a value under the JSON Canonicalization Scheme, for the kinds of value a ledger holds.
 * Fractions, null and undefined are refused: the same value could be written in two ways, or be lost on its way through a database.
 *
 * @throws TypeError naming the place of what it refuses
 * @see RFC 8785
 */
export function canonicalJson(value: Canonical): string {
  return write(value, '$')
}

function write(value: unknown, path: string): string {
  if (typeof value === 'string') return quoted(value, path)
  if (typeof value === 'boolean') return String(value)
  // JSON.stringify writes -0 as 0, as RFC 8785 section 3.2.2.3 asks.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${Array.from(value, (item, at) => write(item, `${path}[${at}]`)).join(',')}]`
  if (isPlainObject(value)) {
    // The default order of strings is by UTF-16 code units, as RFC 8785 section 3.2.3 asks.
    const members = Object.keys(value)
      .toSorted()
      .map((key) => `${quoted(key, path)}:${write(value[key], `${path}.${key}`)}`)
    return `{${members.join(',')}}`
  }
  throw new TypeError(`The ledger holds no ${describe(value)}, found at ${path}`)
}

// A lone surrogate has no UTF-8; RFC 8785 section 3.2.2.2 asks for an error.
function quoted(text: string, path: string): string {
  if (!text.isWellFormed()) throw new TypeError(`The ledger holds no broken Unicode, found at ${path}`)
  return JSON.stringify(text)
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'number' ? `number ${value}` : typeof value
}
