import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { letterSchema, type Letter } from './letter.ts'

/** A letter as it was frozen at submission. */
export interface StoredLetter {
  readonly letter: Letter
  /** Of the letter's text, as the ledger and the mail have it. */
  readonly sha256: string
  /** It can be read in the other language, as a translation. */
  readonly translatable: boolean
}

/** A letter as the database holds it. */
export interface StoredRow extends Omit<StoredLetter, 'letter'> {
  readonly locale: string
  readonly blocks: unknown
}

/** Reads a letter as the database holds it. */
export function readStored({ locale, blocks, ...row }: StoredRow): StoredLetter {
  return { ...row, letter: letterSchema.parse({ locale, blocks }) }
}

/** The letters of a notice, the one in its own language first; nothing when the organisation has no such notice. */
export function findLetters(member: Member, reference: string): Promise<readonly StoredLetter[]> {
  return withPerson(member.personId, async (tx) => {
    const rows = await tx.$queryRaw<StoredRow[]>`
      select l.locale, l.blocks, l.sha256, l.facts is not null as translatable from notice_letter l join notice n on n.id = l.notice_id
      where n.reference = ${reference} and n.stage <> 'draft' order by l.locale = n.locale desc, l.locale`
    return rows.map((row) => readStored(row))
  })
}
