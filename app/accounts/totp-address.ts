const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The key of a code app as it is typed by hand: RFC 4648 base 32 without padding, in groups of four. */
export function typedKey(secret: string): string {
  return (keyOf(secret).match(/.{1,4}/g) ?? []).join(' ')
}

/**
 * The address that a code app reads out of the QR code: six digits, thirty seconds, SHA-1, which are what every app takes
 * for granted.
 *
 * @param secret as it is kept, each of its characters one byte
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function totpAddress({ secret, email }: { secret: string; email: string }): string {
  return `otpauth://totp/${encodeURIComponent(`Caveat:${email}`)}?secret=${keyOf(secret)}&issuer=Caveat`
}

function keyOf(secret: string): string {
  const bits = [...new TextEncoder().encode(secret)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => base32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}
