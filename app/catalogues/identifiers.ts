import { checkDoi } from '#app/catalogues/identifiers/doi.ts'
import { checkEidr } from '#app/catalogues/identifiers/eidr.ts'
import { checkGtin } from '#app/catalogues/identifiers/gtin.ts'
import { tidy } from '#app/catalogues/identifiers/identifier-text.ts'
import { checkImdb } from '#app/catalogues/identifiers/imdb.ts'
import { checkIsan } from '#app/catalogues/identifiers/isan.ts'
import { checkIsbn } from '#app/catalogues/identifiers/isbn.ts'
import { checkIscc } from '#app/catalogues/identifiers/iscc.ts'
import { checkIsni } from '#app/catalogues/identifiers/isni.ts'
import { checkIsrc } from '#app/catalogues/identifiers/isrc.ts'
import { checkIssn } from '#app/catalogues/identifiers/issn.ts'
import { checkIswc } from '#app/catalogues/identifiers/iswc.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'
import { checkUrl } from '#app/catalogues/locations.ts'

/**
 * Every scheme an identifier may have: its name as printed, the same in every language, and its check.
 */
export const identifierSchemes = {
  isbn: { name: 'ISBN', check: checkIsbn },
  issn: { name: 'ISSN', check: checkIssn },
  isan: { name: 'ISAN', check: checkIsan },
  eidr: { name: 'EIDR', check: checkEidr },
  isrc: { name: 'ISRC', check: checkIsrc },
  iswc: { name: 'ISWC', check: checkIswc },
  isni: { name: 'ISNI', check: checkIsni },
  doi: { name: 'DOI', check: checkDoi },
  gtin: { name: 'GTIN', check: checkGtin },
  imdb: { name: 'IMDb', check: checkImdb },
  wikidata: { name: 'Wikidata', check: checkWikidata },
  iscc: { name: 'ISCC', check: checkIscc },
  url: { name: 'URL', check: checkUrl },
} as const satisfies Record<string, { name: string; check: (raw: string) => Verdict }>

/** The code of an identifier scheme. */
export type Scheme = keyof typeof identifierSchemes

/** Whether `text` is the code of a scheme. */
export function isScheme(text: string): text is Scheme {
  return Object.hasOwn(identifierSchemes, text)
}

/**
 * Checks one identifier and brings it into its normal form.
 *
 * @param raw as written by a person, a spreadsheet or a system; full-width characters and any hyphen are read
 */
export function checkIdentifier(scheme: Scheme, raw: string): Verdict {
  return identifierSchemes[scheme].check(raw)
}

function checkWikidata(raw: string): Verdict {
  const text = tidy(raw)
    .toUpperCase()
    .replace(/^HTTPS?:\/\/(?:WWW\.|M\.)?WIKIDATA\.ORG\/(?:WIKI|ENTITY)\//u, '')
  if (text === '') return invalid('empty')
  return /^Q[1-9]\d*$/u.test(text) ? valid(text) : invalid('characters')
}
