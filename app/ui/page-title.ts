import { troubleOf } from './trouble.ts'

/** The `meta` of what stands around pages: what failed inside of it, where something did. */
export function titleOfTrouble(error: unknown): [{ title: string }] {
  return error === undefined ? [{ title: 'Caveat' }] : pageTitle(troubleOf(error).title)
}

/** The `meta` of a page: what it is, then where one is. */
export function pageTitle(title: string): [{ title: string }] {
  return [{ title: `${title} · Caveat` }]
}
