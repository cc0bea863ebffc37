import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { statementsOfBases, type ApprovalRefusal } from './approval.ts'
import { judgeSignature, type SignatureForm, type SigningFault } from './filing-signing.ts'
import { findNoticesToApprove, submissionOf, type NoticeToApprove } from './find-approval.server.ts'
import type { StatementId } from './legal-bases/basis.ts'
import { packOf } from './legal-bases/packs.ts'
import { composeLetter, statementText } from './letter-composition.ts'
import type { LetterFacts } from './letter-facts.ts'
import { letterText, type Letter } from './letter.ts'
import { lockSubmission, type LockedSubmission, type WhoCameFirst } from './lock-submission.server.ts'
import { sendTimeOf } from './send-time.ts'
import { takeSteps } from './take-steps.server.ts'
import { dayOf } from './working-days.ts'

/** What came of an approval; of two people at once, the second reads who came first and when. */
export type Approved =
  | { readonly approved: true; readonly notices: number; readonly sendAt: Date }
  | ({ readonly approved: false; readonly because: ApprovalRefusal } & WhoCameFirst)
  | { readonly approved: false; readonly because: 'gone' }
  | { readonly approved: false; readonly because: 'unsigned'; readonly faults: readonly SigningFault[] }

interface Approving {
  readonly member: Member
  readonly reference: string
  /** `submission` of the page: what was submitted anew meanwhile is not approved unread. */
  readonly submission: string
  readonly form: SignatureForm
}

interface Signed {
  readonly name: string
  readonly capacity: string
  readonly statements: readonly StatementId[]
}

/**
 * Approves a whole filing: the approver signs for himself, every letter is composed once more with that signature, and the
 * time in which it may be recalled begins.
 */
export function approveFiling(approving: Approving): Promise<Approved> {
  const { member, reference } = approving
  return withPerson(member.personId, async (tx): Promise<Approved> => {
    const locked = await lockSubmission(tx, { member, reference, act: 'approve' })
    if (!locked.waits) return { approved: false, ...locked.refused }
    const { filing } = locked
    const notices = await findNoticesToApprove(tx, filing.id)
    const [first] = notices
    if (!first || submissionOf(filing.submittedAt, notices) !== approving.submission) {
      return { approved: false, because: 'changed' }
    }
    const verdict = judgeSignature(approving.form, statementsOfBases(first.facts.bases), member)
    if (!verdict.signs) return { approved: false, because: 'unsigned', faults: verdict.faults }
    const at = now()
    const sendAt = sendTimeOf({ at, ...filing })
    // It waited longer than its own letter gives the vendor.
    const sentOn = dayOf(sendAt.toISOString(), member.organisation)
    if (notices.some(({ facts: { deadlineOn } }) => deadlineOn !== null && deadlineOn <= sentOn))
      return { approved: false, because: 'deadline-passed' }
    return send(tx, { member, filing, notices, signed: verdict, at, sendAt })
  })
}

interface Approval {
  readonly member: Member
  readonly filing: LockedSubmission
  readonly notices: readonly NoticeToApprove[]
  readonly signed: Signed
  readonly at: Date
  readonly sendAt: Date
}

async function send(tx: Transaction, approval: Approval): Promise<Approved> {
  const { member, notices, signed, at, sendAt } = approval
  const letters = notices.map((notice) => signLetter(notice, { member, signed, at }))
  await storeSignature(tx, approval)
  await replaceLetters(tx, letters)
  const hashes = new Map(letters.map(({ noticeId, hash }) => [noticeId, hash]))
  const { personId, name, email, organisation } = member
  const { failed } = await takeSteps(tx, {
    step: 'notice.approved',
    noticeIds: notices.map(({ id }) => id),
    taker: { channel: 'portal', personId, name, email, organisation },
    prepare: (ready) =>
      Promise.resolve(
        new Map(
          ready.map(({ notice }) => [
            notice.id,
            {
              payload: { letter: hashes.get(notice.id) ?? '', sendAt: sendAt.toISOString() },
              facts: { signatory: signed.name, capacity: signed.capacity },
            },
          ]),
        ),
      ),
  })
  // The filing is locked and was judged: what still fails is a bug, and undoes the whole approval.
  if (failed[0]) throw new Error(`${failed[0].reference} could not be approved: ${failed[0].because}`)
  return { approved: true, notices: notices.length, sendAt }
}

interface SignedLetter {
  readonly id: string
  readonly noticeId: string
  readonly locale: Letter['locale']
  readonly text: string
  readonly blocks: Letter['blocks']
  readonly hash: string
  readonly facts: LetterFacts
}

function signLetter(
  { id, facts }: NoticeToApprove,
  { member, signed, at }: { member: Member; signed: Signed; at: Date },
): SignedLetter {
  const { name, capacity, statements } = signed
  const signatory = { name, capacity, signedAt: at.toISOString(), timeZone: member.organisation.timeZone }
  const complete = { ...facts, statements, signatory }
  const { locale, blocks } = composeLetter(complete)
  const text = letterText({ locale, blocks })
  return { id: newId(), noticeId: id, locale, text, blocks, hash: sha256(text), facts: complete }
}

async function storeSignature(
  tx: Transaction,
  { member, filing, notices, signed, at, sendAt }: Approval,
): Promise<void> {
  const [first] = notices
  const facts = first?.facts
  const packs = facts?.bases.map((basis) => packOf(basis)) ?? []
  const statements = facts ? signed.statements.map((id) => ({ id, text: statementText(packs, id, facts) })) : []
  await tx.filing.update({
    where: { id: filing.id },
    data: {
      signatoryName: signed.name,
      signatoryCapacity: signed.capacity,
      statements,
      signedAt: at,
      approvedBy: member.personId,
      approvedAt: at,
      sendAt,
    },
    select: { id: true },
  })
  await tx.notice.updateMany({ where: { id: { in: notices.map(({ id }) => id) } }, data: { sendAt } })
}

// A letter is never changed: the unsigned one goes, and nothing of it has been sent.
async function replaceLetters(tx: Transaction, letters: readonly SignedLetter[]): Promise<void> {
  const noticeIds = letters.map(({ noticeId }) => noticeId)
  await tx.noticeLetter.deleteMany({ where: { noticeId: { in: noticeIds } } })
  await tx.$executeRaw`
    insert into notice_letter (id, notice_id, locale, text, blocks, sha256, facts)
    select id, "noticeId", locale, text, blocks, hash, facts from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb)
      as l (id uuid, "noticeId" uuid, locale text, text text, blocks jsonb, hash text, facts jsonb)`
}
