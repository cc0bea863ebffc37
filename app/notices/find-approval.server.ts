import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { sha256 } from '#app/ledger/hash.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import { statementsOfBases, type ApprovalView } from './approval.ts'
import { noticeKinds } from './legal-bases/basis.ts'
import { packOf } from './legal-bases/packs.ts'
import { composeLetter, statementsOf, statementText } from './letter-composition.ts'
import type { LetterFacts } from './letter-facts.ts'
import { letterFactsSchema } from './letter-facts-schema.ts'
import { sendTimeOf } from './send-time.ts'

/** A notice of a filing that waits, with what its letter is composed of. */
export interface NoticeToApprove {
  readonly id: string
  readonly reference: string
  readonly vendor: string
  readonly address: string | null
  /** Of the letter as it was submitted, without a signature. */
  readonly sha256: string
  readonly facts: LetterFacts
}

/** The notices of a filing that wait for an approval, in a fixed order. */
export async function findNoticesToApprove(tx: Transaction, filingId: string): Promise<readonly NoticeToApprove[]> {
  const rows = await tx.$queryRaw<(Omit<NoticeToApprove, 'facts'> & { facts: unknown })[]>`
    select n.id, n.reference, ${nameHere('v')} as vendor, c.address, l.sha256, l.facts
    from notice n join vendor v on v.id = n.vendor_id left join vendor_contact c on c.id = n.contact_id
    join notice_letter l on l.notice_id = n.id and l.locale = n.locale
    where n.filing_id = ${filingId}::uuid and n.stage = 'awaiting_approval' order by lower(v.name), n.id`
  return rows.map((row) => ({ ...row, facts: letterFactsSchema.parse(row.facts) }))
}

/** One hash over what was submitted: two submissions of one filing differ, also where their words are the same. */
export function submissionOf(submittedAt: Date, notices: readonly NoticeToApprove[]): string {
  return sha256(
    [submittedAt.toISOString(), ...notices.map(({ id, sha256: hash }) => `${id} ${hash}`).toSorted()].join('\n'),
  )
}

/** What was typed of a signature so far, to be shown in the letters; they say what is to come, in their language, without it. */
export interface SignatureSoFar {
  readonly capacity: string
}

interface Row {
  readonly id: string
  readonly kind: string
  readonly submittedAt: Date
  readonly submittedBy: string | null
  readonly own: boolean
  readonly undoMinutes: number
  readonly plannedAt: Date | null
}

/**
 * A filing that waits for an approval, with every letter as it will leave when this member signs it now.
 *
 * @returns null when the organisation has no such filing, or when it does not wait any more
 */
export function findApproval({
  member,
  reference,
  signature,
}: {
  member: Member
  reference: string
  signature?: SignatureSoFar
}): Promise<ApprovalView | null> {
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      select f.id, f.kind, f.submitted_at as "submittedAt", ${nameHere('p')} as "submittedBy", f.submitted_by = ${member.personId}::uuid as own,
        o.undo_minutes as "undoMinutes", f.planned_at as "plannedAt"
      from filing f join organisation o on o.id = f.filed_by_organisation_id left join person p on p.id = f.submitted_by
      where f.reference = ${reference} and f.filed_by_organisation_id = ${member.organisation.id}::uuid`
    const notices = row ? await findNoticesToApprove(tx, row.id) : []
    const [first] = notices
    if (!row || !first) return null
    const at = now()
    const { facts } = first
    const statements = statementsOfBases(facts.bases)
    const packs = facts.bases.map((basis) => packOf(basis))
    const signatory = {
      name: member.name,
      signedAt: at.toISOString(),
      timeZone: member.organisation.timeZone,
    }
    return {
      reference,
      kind: z.enum(noticeKinds).parse(row.kind),
      catalogue: facts.works?.catalogue ?? '',
      version: facts.works?.version ?? 1,
      works: facts.works?.count ?? 0,
      measures: facts.measures.map(({ measure }) => measure),
      submittedAt: row.submittedAt,
      submittedBy: row.submittedBy,
      own: row.own,
      statements: statementsOf(packs).map(({ id, sworn }) => ({
        id,
        text: statementText(packs, id, facts),
        sworn: sworn === true,
      })),
      locale: facts.locale,
      letters: notices.map(({ reference: notice, vendor, address, facts: own }) => ({
        reference: notice,
        vendor,
        address,
        letter: composeLetter({
          ...own,
          statements,
          signatory: { ...signatory, capacity: signature?.capacity ?? toCome(own.locale) },
        }),
      })),
      submission: submissionOf(row.submittedAt, notices),
      sendAt: sendTimeOf({ at, ...row }),
    }
  })
}

function toCome(locale: 'en' | 'ja'): string {
  return m.approvals_capacity_to_come({}, { locale })
}
