type Form = 'NFC' | 'NFD' | 'NFKC' | 'NFKD'

// No language puts more than a few marks on one letter. The two half-width sound marks of katakana become marks by NFKC.
const longRun = /([\p{M}\uFF9E\uFF9F]{30})(?=[\p{M}\uFF9E\uFF9F])/gu
const joiner = '\u034F'

/**
 * A text in a normal form of Unicode. Runs of more than thirty marks are parted by U+034F first: to put a run in order takes
 * the square of its length, and a few hundred thousand marks in one field would hold up everybody for hours.
 *
 * @see UAX #15, section 13, Stream-Safe Text Format
 */
export function normalText(text: string, form: Form): string {
  const parted = text.length > 30 ? text.replaceAll(longRun, `$1${joiner}`) : text
  return parted.normalize(form)
}
