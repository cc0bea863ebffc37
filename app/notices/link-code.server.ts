import { equalInConstantTime, sign } from '#app/platform/secrets.server.ts'

const goodForHours = 12
const hourMs = 3_600_000
// Crockford's: none of its letters is taken for a digit.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The code that is mailed to the contact of a link before it may decide: who can type it reads that mailbox.
 * Nothing of it is stored: it follows from the link and the hour.
 *
 * @returns eight characters in two groups
 */
export function linkCode(linkId: string, at: Date): string {
  return codeOfHour(linkId, hourOf(at))
}

/** Whether a typed code is one that was mailed for this link within twelve hours. Forgives case, spaces, hyphens, O, I and L. */
export function isLinkCode(linkId: string, typed: string, at: Date): boolean {
  const read = typed.toUpperCase().replaceAll(/[\s-]/gu, '').replaceAll('O', '0').replaceAll(/[IL]/gu, '1')
  const hours = Array.from({ length: goodForHours + 1 }, (_, ago) => hourOf(at) - ago)
  // Every hour is compared: the time of the answer tells nothing.
  return hours.filter((hour) => equalInConstantTime(codeOfHour(linkId, hour).replace('-', ''), read)).length > 0
}

/** What a typed code is: good; one that was mailed for this link within a week but is too old; or none of ours. */
export function judgeLinkCode(linkId: string, typed: string, at: Date): 'good' | 'expired' | 'wrong' {
  if (isLinkCode(linkId, typed, at)) return 'good'
  const older = Array.from({ length: 13 }, (_, ago) => new Date(at.getTime() - (ago + 1) * goodForHours * hourMs))
  return older.filter((then) => isLinkCode(linkId, typed, then)).length > 0 ? 'expired' : 'wrong'
}

function codeOfHour(linkId: string, hour: number): string {
  const bytes = Buffer.from(sign('mail link code', `${linkId} ${hour}`), 'base64url')
  const characters = [...bytes.subarray(0, 8)].map((byte) => alphabet[byte % alphabet.length] ?? '0').join('')
  return `${characters.slice(0, 4)}-${characters.slice(4)}`
}

function hourOf(at: Date): number {
  return Math.floor(at.getTime() / hourMs)
}
