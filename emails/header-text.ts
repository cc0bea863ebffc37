import { oneLine } from '#app/notices/letter-words.ts'

/**
 * One line for a header field: no control, line or direction character, at most `most` characters.
 * What looks like an encoded word (RFC 2047) is parted, or a reader would decode what somebody typed.
 */
export function headerText(text: string, most = 250): string {
  const line = Array.from(oneLine(text).replaceAll('=?', '= ?'))
  return line.length <= most ? line.join('') : `${line.slice(0, most - 1).join('')}…`
}

/** A name beside an address, without the characters that could make it look like an address of its own. */
export function displayName(name: string): string {
  return headerText(name.replaceAll(/["<>\\]/gu, ' ').replaceAll('@', ' at '), 120)
}
