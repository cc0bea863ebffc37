/** What the origin check looks at. */
type Headers = { get: (name: string) => string | null }

/**
 * Whether a request that changes something comes from our own pages. Built from the configured address, never from the
 * request's Host. Browsers send Origin with every POST, `null` included; only clients that send none are judged by Sec-Fetch-Site.
 *
 * @param ownOrigin scheme, host and port of BASE_URL
 */
export function comesFromOurPages(method: string, headers: Headers, ownOrigin: string): boolean {
  if (method === 'GET' || method === 'HEAD') return true
  const origin = headers.get('origin')
  if (origin !== null) return origin === ownOrigin
  return headers.get('sec-fetch-site') === 'same-origin'
}
