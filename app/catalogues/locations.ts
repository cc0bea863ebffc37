import { parse } from 'tldts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

/** Where works are found: one address, all under an address, or a whole domain. */
export type LocationKind = 'exact' | 'prefix' | 'domain'

/** One location in its normal form. `key` is the form without its scheme, so `http` and `https` are one place. */
export type WorkLocation = { kind: LocationKind; url: string; key: string }

// Click trackers: they say how a reader came, not what the page is.
const trackers = /^(?:utm_[a-z]+|gclid|fbclid|msclkid|yclid)$/u
// Most paths are in their normal form already: nothing escaped, no dots or empty segments to resolve.
const plainPath = /^(?:\/[\w~!$&'()+,;=:@-][\w~!$&'()+,;=:@.-]*)*\/?$/u
const longestAddress = 2000

/**
 * The normal form of a web address, so that two spellings of one place compare equal.
 *
 * Steps, after the WHATWG URL parser: the scheme defaults to `http`; credentials, fragment and default port go; dots
 * round the host collapse; escapes are undone until none is left and then made once, in capitals; `//`, `.` and `..`
 * in the path collapse; click trackers go, the order of the rest of the query stays. The case of the path and `www.`
 * stay, since they may matter. A trailing `*` makes it a prefix; a bare registrable name makes it a domain.
 *
 * @param raw as written; spaces round it are ignored
 * @returns `undefined` if it is not an `http` or `https` address of a public-looking host
 * @see https://url.spec.whatwg.org/ and the canonicalisation of Safe Browsing, on which the escapes are modelled
 */
export function canonicalLocation(raw: string): WorkLocation | undefined {
  const [text = ''] = raw
    .trim()
    .replaceAll(/[\t\r\n]/gu, '')
    .split('#', 1)
  if (text === '' || text.length > longestAddress) return undefined
  const isPrefix = /^[^?]+\*$/u.test(text)
  const url = parseAddress(isPrefix ? text.slice(0, -1) : text)
  if (url === undefined) return undefined
  const host = url.hostname.replace(/^\.+|\.+$/gu, '').replaceAll(/\.{2,}/gu, '.')
  if (!isUsableHost(host)) return undefined
  const place = `${host}${url.port === '' ? '' : `:${url.port}`}`
  if (isBareDomain(text)) return { kind: 'domain', url: `${url.protocol}//${place}/`, key: `${place}/` }
  const rest = `${cleanPath(url.pathname)}${cleanQuery(url.search)}`
  return { kind: isPrefix ? 'prefix' : 'exact', url: `${url.protocol}//${place}${rest}`, key: `${place}${rest}` }
}

/** A location as an identifier: valid if it has a normal form. */
export function checkUrl(raw: string): Verdict {
  if (raw.trim() === '') return invalid('empty')
  const location = canonicalLocation(raw)
  return location === undefined ? invalid('characters') : valid(location.url)
}

function parseAddress(text: string): URL | undefined {
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d+(?:\/|$))/iu.test(text)
  const address = hasScheme ? text : `http://${text.replace(/^\/\//u, '')}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined
}

function isUsableHost(host: string): boolean {
  return host.startsWith('[') || (host.includes('.') && !/[%\s]/u.test(host))
}

function isBareDomain(text: string): boolean {
  if (/[/:?#*\s]/u.test(text)) return false
  const { domain, isIcann } = parse(text)
  return domain !== null && isIcann === true
}

function cleanPath(path: string): string {
  if (plainPath.test(path)) return path
  const segments: string[] = []
  const decoded = decodeFully(path).split('/').slice(1)
  for (const [index, segment] of decoded.entries()) {
    const isLast = index === decoded.length - 1
    if (segment === '..') segments.pop()
    // An empty last segment is the trailing slash, and `.` or `..` at the end mean the folder.
    if (segment === '' || segment === '.' || segment === '..') {
      if (isLast) segments.push('')
      continue
    }
    segments.push(segment)
  }
  return `/${segments.map((segment) => encodeOnce(segment, '?*')).join('/')}`.replaceAll(/\/{2,}/gu, '/')
}

function cleanQuery(search: string): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !trackers.test(pair.split('=', 1)[0] ?? ''))
  return kept.length === 0 ? '' : `?${kept.map((pair) => encodeOnce(decodeFully(pair, '&'), '&')).join('&')}`
}

// Strings of single bytes (0-255), so that escapes of any encoding survive.
function decodeFully(text: string, keep = ''): string {
  let bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  for (;;) {
    const next = bytes.replaceAll(/%([0-9a-f]{2})/giu, (escape, hex: string) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16))
      return keep.includes(character) ? escape.toUpperCase().replace('%', '\uE000') : character
    })
    if (next === bytes) return bytes.replaceAll('\uE000', '%')
    bytes = next
  }
}

function encodeOnce(bytes: string, alsoEscape: string): string {
  return Array.from(bytes, (character) => {
    const code = character.charCodeAt(0)
    const isEscaped =
      code <= 0x20 || code >= 0x7f || character === '#' || character === '%' || alsoEscape.includes(character)
    return isEscaped ? `%${code.toString(16).toUpperCase().padStart(2, '0')}` : character
  }).join('')
}
