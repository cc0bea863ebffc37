import { plainHyphens } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

/**
 * DOI; the normal form is lower case without a resolver's address.
 *
 * @see ISO 26324:2022
 */
export function checkDoi(raw: string): Verdict {
  const text = plainHyphens(raw)
  if (text === '') return invalid('empty')
  const name = withoutResolver(text).toLowerCase()
  if (!/^10\.\d{4,9}(?:\.\d+)*(?:\/|$)/u.test(name)) return invalid('prefix')
  return /^[^/]+\/\S+$/u.test(name) ? valid(name) : invalid('length')
}

function withoutResolver(text: string): string {
  const address = /^https?:\/\/(?:dx\.|www\.)?doi\.org\/(.+)$/iu.exec(text)?.[1]
  if (address === undefined) return text.replace(/^(?:doi:|info:doi\/|urn:doi:)\s*/iu, '')
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
