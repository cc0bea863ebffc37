import type { Member } from '#app/accounts/viewer.server.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { ActResult } from './act-on-notice.server.ts'
import type { MessageToWrite } from './message-form.ts'
import { takeSteps } from './take-steps.server.ts'
import { asMember } from './taker.server.ts'

/**
 * Writes to the vendor about a notice: the message stands in its conversation and is mailed to the contact, in the thread of
 * the notice. The same key twice is one message.
 *
 * @returns null when the member's organisation has no notice of this reference
 */
export function writeMessage({
  member,
  reference,
  message,
}: {
  member: Member
  reference: string
  message: MessageToWrite
}): Promise<ActResult | null> {
  return asMember(member, async (tx, taker) => {
    const notice = await tx.notice.findUnique({
      where: { reference, ...ownOf(member) },
      select: { id: true },
    })
    if (notice === null) return null
    const { failed } = await takeSteps(tx, {
      step: 'message.written',
      noticeIds: [notice.id],
      taker,
      // Asked and added after the lock: the second of two forms with one key finds the first one's message.
      prepare: async (ready) => {
        if ((await tx.noticeMessage.count({ where: { id: message.key } })) > 0) return new Map()
        const [first] = ready
        await addMessage(tx, { member, noticeId: notice.id, message, sequence: first?.sequence ?? null })
        const payload = { message: message.key, side: 'holder', sha256: sha256(message.text) }
        return new Map([[notice.id, { payload }]])
      },
    })
    const [untaken] = failed
    return untaken ? { done: false, untaken } : { done: true }
  })
}

/** What the page says on which a message is written; null when the member's organisation holds no such notice. */
export function findNoticeToWrite(
  member: Member,
  reference: string,
): Promise<{ reference: string; vendor: string; key: string } | null> {
  return asMember(member, async (tx) => {
    const notice = await tx.notice.findUnique({
      where: { reference, ...ownOf(member) },
      select: { vendor: { select: { name: true, nameOther: true } } },
    })
    if (notice === null) return null
    const { name, nameOther } = notice.vendor
    return { reference, vendor: nameIn(member.locale, name, nameOther), key: newId() }
  })
}

type ToAdd = { member: Member; noticeId: string; message: MessageToWrite; sequence: number | null }

async function addMessage(tx: Transaction, { member, noticeId, message, sequence }: ToAdd): Promise<void> {
  await tx.noticeMessage.createMany({
    data: [
      {
        id: message.key,
        noticeId,
        eventSequence: sequence,
        side: 'holder',
        channel: 'portal',
        authorName: member.name,
        authorAddress: member.email,
        subject: '',
        fresh: message.text,
        quoted: '',
        at: now(),
      },
    ],
  })
}

// Of an association row-level security and the judge know what its mandates cover.
function ownOf({ organisation: { id, kind } }: Member): { holderOrganisationId?: string } {
  return kind === 'association' ? {} : { holderOrganisationId: id }
}
