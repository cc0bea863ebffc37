import type { Party } from './parties.ts'
import type { ReleaseDate } from './release-date.ts'
import type { LocationKind } from './locations.ts'
import type { Scheme } from './identifiers.ts'
import { foldText } from './fold-text.ts'

/** The titles of a work beside its main one: `kana` is the reading. */
export type Titles = { ja?: string; en?: string; kana?: string; others?: readonly string[] }

/** Who made a work and who holds its rights, as the catalogue writes it. */
export type Rights = {
  holder?: string
  parties?: readonly Party[]
  credits?: readonly Party[]
  distributor?: string
  /** A date that is no day, month or year, such as `c. 1950-1970`. */
  dateAsWritten?: string
}

/** An identifier of a work. One that is not valid keeps `value` as written. */
export type WorkIdentifier = { scheme: Scheme; value: string; raw: string; valid: boolean }

/** A location of a work in its normal form; `key` is its form without scheme, which is hashed. */
export type WorkPlace = { kind: LocationKind; url: string; key: string }

/** What is known of one work, however it came in. */
export type WorkContent = {
  title: string
  titles: Titles
  kind?: string
  creators?: string
  year?: number
  released?: ReleaseDate
  rights: Rights
  identifiers: readonly WorkIdentifier[]
  locations: readonly WorkPlace[]
}

/**
 * The text whose SHA-256 tells whether a work changed: the same content gives the same text, whatever the order in
 * which a file has its columns.
 */
export function hashText(work: WorkContent): string {
  const { titles, rights, released } = work
  return JSON.stringify([
    work.title,
    [titles.ja, titles.en, titles.kana, titles.others],
    [work.kind, work.creators, work.year, released?.on, released?.precision],
    [rights.holder, partyList(rights.parties), partyList(rights.credits), rights.distributor, rights.dateAsWritten],
    work.identifiers.map(({ scheme, value, raw }) => `${scheme} ${value} ${raw}`).toSorted(),
    work.locations.map(({ kind, key }) => `${kind} ${key}`).toSorted(),
  ])
}

/** The folded text in which works are searched: every title, the external id, creators and identifiers. */
export function searchText(work: WorkContent, externalId: string | undefined): string {
  const { title, titles, creators, identifiers } = work
  const parts = [title, titles.ja, titles.en, titles.kana, ...(titles.others ?? []), externalId, creators]
  const texts = [...parts, ...identifiers.map(({ value }) => value)].filter((text) => text !== undefined)
  return [...new Set(texts.map(foldText))].join('\n')
}

function partyList(parties: readonly Party[] | undefined): (string | undefined)[][] | undefined {
  return parties?.map(({ name, role }) => [name, role])
}
