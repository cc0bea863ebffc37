/** The value of a cookie in a `Cookie` header, or undefined; the first one when a name is there twice. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

/** Remembers a choice that is no secret for a year: a language, an organisation. */
export function choiceCookie(name: string, value: string, { secure }: { secure: boolean }): string {
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${secure ? '; Secure' : ''}`
}
