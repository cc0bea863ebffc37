const alphabet36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The check digit of an EAN, GTIN or ISBN-13 whose other digits are `digits`: weights 3, 1 from the right. */
export function mod10Check(digits: string): string {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

/** The check character of an ISBN-10 (9 digits) or ISSN (7 digits): weights falling to 2, modulo 11, ten is X. */
export function mod11Check(digits: string): string {
  const sum = Array.from(digits).reduce((total, digit, index) => total + Number(digit) * (digits.length + 1 - index), 0)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'X' : String(check)
}

/** The check character of an ISNI or ORCID whose first 15 digits are `digits`. ISO 7064, MOD 11-2. */
export function mod11Radix2Check(digits: string): string {
  const product = Array.from(digits).reduce((total, digit) => ((total + Number(digit)) * 2) % 11, 0)
  const check = (12 - product) % 11
  return check === 10 ? 'X' : String(check)
}

/** The check character of an ISAN or EIDR. ISO 7064, MOD 37,36. */
export function mod37Radix36Check(text: string): string {
  const product = Array.from(text).reduce(
    (p, character) => (((p + alphabet36.indexOf(character)) % 36 || 36) * 2) % 37,
    36,
  )
  return alphabet36.charAt((37 - product) % 36)
}
