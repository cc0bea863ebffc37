/** What stands in a copy where the secret of a link stood: as long as the secret, so that nothing else moves. */
export const veil = 'only-for-the-recipient'

/**
 * A copy of a mail in which the link's secret is made unusable: whoever keeps a mail to somebody else must not be able to
 * answer in their name. The secret is found in plain, quoted-printable (soft line breaks may cut it) and base64 parts.
 *
 * @param raw the mail as it was sent, as a binary string
 * @param secret the last characters of the link's token, as many as `veil` has
 */
export function veilLink(raw: string, secret: string): string {
  if (secret.length !== veil.length) throw new Error('A veil is as long as what it hides.')
  const cut = new RegExp(
    Array.from(secret, (letter) => letter.replaceAll(/[^\w]/g, String.raw`\$&`)).join(softBreak),
    'g',
  )
  const hide = (text: string): string => text.replaceAll(cut, (found) => veiled(found))
  return hide(raw).replaceAll(base64Body, (whole: string, head: string, body: string) => {
    const text = binaryOf(body)
    const hidden = hide(text)
    return hidden === text ? whole : `${head}${linesOf(btoa(hidden), /^[^\r\n]+/.exec(body)?.[0].length ?? 76)}`
  })
}

// A line of quoted-printable may end anywhere with = and go on in the next (RFC 2045, 6.7).
const softBreak = String.raw`(?:=\r?\n)?`

// The head of a part that says base64, the empty line, and its lines.
const base64Body =
  /(content-transfer-encoding:[ \t]*base64[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n)((?:[A-Za-z0-9+/=]+\r?\n?)+)/gi

function veiled(found: string): string {
  const letters = Array.from(veil)
  return found.replaceAll(/=\r?\n|[^]/g, (piece) => (piece.length > 1 ? piece : (letters.shift() ?? '')))
}

function binaryOf(base64: string): string {
  try {
    return atob(base64.replaceAll(/[^A-Za-z0-9+/=]/g, ''))
  } catch {
    // Not base64 after all: it is left as it is.
    return ''
  }
}

function linesOf(base64: string, width: number): string {
  return base64.replaceAll(new RegExp(`.{1,${width}}`, 'g'), '$&\r\n')
}
