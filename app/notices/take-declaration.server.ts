import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { readTyped } from './answering.ts'
import { declareDecision, type Declared } from './declare-decision.server.ts'
import { readPending, readRest, sumOf, type Rest } from './deciding.ts'
import { findDeciding, type DecidingView } from './find-deciding.server.ts'
import { findPending } from './find-pending.server.ts'
import { lockNotices } from './lock-notices.server.ts'
import type { Measure } from './measures.ts'
import { explainUntaken } from './step-wording.ts'
import { asMember } from './taker.server.ts'

/** The page that follows a declaration that was not taken, or that it was. */
export type DeclarationTaken = { declared: true } | { view: DecidingView; status: 400 | 409 }

/**
 * Declares the decision with the answers of the form for everything that is pending: exactly as many as its page said.
 *
 * @returns null when the member's organisation is not the vendor of such a notice; `unreadable` for a form that no page of ours sends
 */
export async function takeDeclaration(
  member: Member,
  reference: string,
  form: FormData,
): Promise<DeclarationTaken | { unreadable: true } | null> {
  const found = await findDeciding(member, reference)
  if (found === null) return null
  const counted = readPending(form)
  if (counted === null) return { unreadable: true }
  const { notice } = found
  const typed = readTyped(
    form,
    notice.measures.map(({ measure }) => measure),
  )
  const { rest, faults } = readRest(typed, measuresOf(found))
  if (found.closed === null && faults.length > 0) return { view: { ...found, typed, faults }, status: 400 }
  const declared = await declareCounted(member, { noticeId: notice.id, counted, rest })
  if ('accepted' in declared && declared.accepted && declared.failed.length === 0) return { declared: true }
  // What stands has changed since the page was shown: it is shown anew.
  const now = await findDeciding(member, reference)
  if (now === null) return null
  const again = { ...now, typed, faults: now.closed === null ? readRest(typed, measuresOf(now)).faults : [] }
  return { view: { ...again, said: saidOf(member, declared) }, status: 409 }
}

type Counted = Declared | { readonly counts: number }

function declareCounted(
  member: Member,
  { noticeId, counted, rest }: { noticeId: string; counted: number; rest: Rest['rest'] },
): Promise<Counted> {
  return asMember(member, async (tx, taker): Promise<Counted> => {
    await lockNotices(tx, [noticeId])
    const counts = sumOf(await findPending(tx, [noticeId]))
    // Answers that came or went since: nobody declares for another number than was read. Nothing pending is the rule's to refuse.
    if (counts > 0 && counts !== counted) return { counts }
    return declareDecision(tx, { taker, noticeIds: [noticeId], rest })
  })
}

function saidOf({ timeZone }: Member, declared: Counted): readonly string[] {
  if ('counts' in declared) {
    return [m.vendors_decide_fault_counts({ n: declared.counts, count: formatNumber(declared.counts) })]
  }
  if (!declared.accepted) return []
  return declared.failed.map((untaken) => explainUntaken('decision.declared', untaken, timeZone))
}

function measuresOf({ pending }: DecidingView): readonly Measure[] {
  return pending.map(({ measure }) => measure)
}
