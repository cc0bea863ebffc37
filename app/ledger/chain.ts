import { canonicalJson, type Canonical } from './canonical-json.ts'

/** One line of a notice's ledger, without its hash. */
export interface LedgerEvent {
  /** The notice's id. */
  readonly notice: string
  /** From 1, without gaps. */
  readonly sequence: number
  readonly type: string
  /** The side that acted, never a person. */
  readonly actor: string
  readonly channel: string
  /** ISO 8601 in UTC, with milliseconds. */
  readonly at: string
  readonly payload: Readonly<Record<string, Canonical>>
  /** The hash of the line before, or 64 zeros. */
  readonly previous: string
}

/** What is known about the person behind a line; null once erased. */
export interface PersonFacts {
  readonly salt: string
  readonly facts: Readonly<Record<string, Canonical>> | null
}

/** A line as it is stored. */
export interface StoredEvent extends LedgerEvent {
  readonly hash: string
  readonly person?: PersonFacts
}

/** SHA-256 of a text's UTF-8 bytes, 64 lower-case hexadecimal digits; handed in, since this file has no crypto. */
export type Sha256 = (text: string) => string

/** The `previous` of a first line. */
export const firstPrevious = '0'.repeat(64)

/** The key of a payload under which the hash of the person's facts lies. */
export const personKey = 'person'

/**
 * The text whose SHA-256 is the hash of a line.
 *
 * @throws RangeError if `at` is not ISO 8601 in UTC with milliseconds
 */
export function eventText(event: LedgerEvent): string {
  const { notice, sequence, type, actor, channel, at, payload, previous } = event
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u.test(at))
    throw new RangeError(`${at} is not an instant of the ledger`)
  return canonicalJson({ v: 1, notice, sequence, type, actor, channel, at, payload, previous })
}

/** The text whose SHA-256 stands in the chain for the facts about a person. */
export function personText({
  salt,
  facts,
}: {
  readonly salt: string
  readonly facts: Readonly<Record<string, Canonical>>
}): string {
  return salt + canonicalJson(facts)
}

/** Adds the hashes to a line: of the person's facts into its payload, then of the whole. */
export function sealEvent(event: LedgerEvent, person: PersonFacts | undefined, sha256: Sha256): StoredEvent {
  if (Object.hasOwn(event.payload, personKey)) throw new TypeError(`A payload may not hold "${personKey}" of its own`)
  if (!person?.facts) return { ...event, hash: sha256(eventText(event)) }
  const hash = sha256(personText({ salt: person.salt, facts: person.facts }))
  const named = { ...event, payload: { ...event.payload, [personKey]: hash } }
  return { ...named, hash: sha256(eventText(named)), person }
}

/** The facts about a person after erasure: the line still verifies, what it hides is gone. */
export function tombstoneOf({ salt }: PersonFacts): PersonFacts {
  return { salt, facts: null }
}

/** What is wrong with a line. */
export type Break = 'sequence' | 'previous' | 'hash' | 'person' | 'unreadable'

/** Whether a chain holds; else its first broken line. */
export type ChainVerdict =
  | { readonly sound: true; readonly lines: number; readonly lastHash: string; readonly erased: number }
  | { readonly sound: false; readonly sequence: number; readonly because: Break }

/** Where a verification stands after some lines; begin with `beginning`. */
export interface ChainProgress {
  readonly lines: number
  readonly lastHash: string
  readonly erased: number
}

/** Before the first line. */
export const beginning: ChainProgress = { lines: 0, lastHash: firstPrevious, erased: 0 }

/**
 * Verifies the lines of one notice in their order.
 *
 * @param events every line, from the first
 */
export function verifyChain(events: Iterable<StoredEvent>, sha256: Sha256): ChainVerdict {
  let progress = beginning
  for (const event of events) {
    const because = breakOf(progress, event, sha256)
    if (because) return { sound: false, sequence: progress.lines + 1, because }
    progress = advance(progress, event)
  }
  return { sound: true, ...progress }
}

/** What is wrong with the next line of a chain, if anything. */
export function breakOf(before: ChainProgress, event: StoredEvent, sha256: Sha256): Break | undefined {
  if (event.sequence !== before.lines + 1) return 'sequence'
  if (event.previous !== before.lastHash) return 'previous'
  const text = readable(() => eventText(event))
  if (text === undefined) return 'unreadable'
  if (sha256(text) !== event.hash) return 'hash'
  return isTrueToPerson(event, sha256) ? undefined : 'person'
}

/** The progress after a line that holds. */
export function advance(before: ChainProgress, event: StoredEvent): ChainProgress {
  const erased = event.person !== undefined && event.person.facts === null
  return { lines: event.sequence, lastHash: event.hash, erased: before.erased + Number(erased) }
}

function isTrueToPerson({ payload, person }: StoredEvent, sha256: Sha256): boolean {
  const sealed = payload[personKey]
  if (person === undefined) return sealed === undefined
  const { salt, facts } = person
  if (facts === null) return sealed !== undefined
  const text = readable(() => personText({ salt, facts }))
  return text !== undefined && sha256(text) === sealed
}

// What was put into a row by force may be no value of a ledger at all: that breaks the line, not the check.
function readable(text: () => string): string | undefined {
  try {
    return text()
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined
    throw error
  }
}
