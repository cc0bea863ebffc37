import type { PasskeyQuestion } from '#app/platform/passkeys.server.ts'

/** A question for a passkey, as JSON for the page's script, with its cookie. */
export function questionAnswer({ options, cookies }: PasskeyQuestion): Response {
  const headers = new Headers(cookies.map((cookie): [string, string] => ['Set-Cookie', cookie]))
  headers.set('Content-Type', 'application/json')
  return new Response(JSON.stringify(options), { headers })
}
