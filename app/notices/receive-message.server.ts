import { rolesFor } from '#app/accounts/roles.ts'
import { senderCheck } from '#app/mail/authentication.ts'
import type { InboundMessage } from '#app/mail/inbound-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { takeSteps } from './take-steps.server.ts'

/** What came of a message: not taken when the notice is no notice any more; held messages make no event. */
export type MessageReceived = { taken: boolean; sequence: number | null }

// Whoever is written to by mail is not woken more often than this: all of it stands on the notice's page.
const mostMailsPerHour = 30

/**
 * Adds a mail to the conversation of its notice and passes it on to the other side. No stage changes by it, whoever wrote it.
 * One that was written by a machine is kept and passed on to nobody; so is one in the holder's place that none of its
 * editors wrote.
 */
export async function receiveMessage(tx: Transaction, message: InboundMessage): Promise<MessageReceived> {
  const author = await authorOf(tx, message)
  if (author === null) return { taken: false, sequence: null }
  const id = newId()
  if (author.held) {
    await addMessage(tx, { id, message, side: author.side, held: 'not-a-member', sequence: null })
    return { taken: true, sequence: null }
  }
  const passedOn = !message.automatic && (await recentMessages(tx, message)) < mostMailsPerHour
  const { succeeded } = await takeSteps(tx, {
    step: 'message.received',
    noticeIds: [message.noticeId],
    taker: { channel: 'system' },
    prepare: () =>
      Promise.resolve(new Map([[message.noticeId, preparedFor(message, { id, side: author.side, passedOn })]])),
  })
  const [taken] = succeeded
  if (!taken) return { taken: false, sequence: null }
  await addMessage(tx, { id, message, side: author.side, held: null, sequence: taken.sequence })
  return { taken: true, sequence: taken.sequence }
}

type Author = { side: 'holder' | 'vendor'; held: boolean }

/** From which side a mail comes; null if the notice was never sent. */
async function authorOf(tx: Transaction, { noticeId, side, personId, from }: InboundMessage): Promise<Author | null> {
  const [notice] = await tx.$queryRaw<{ editors: string[]; members: string[] }[]>`
    select
      coalesce((select array_agg(p.email) from membership b join person p on p.id = b.person_id
        where b.organisation_id in (n.holder_organisation_id, n.filed_by_organisation_id) and b.role = any(${writers})
          and (${personId}::uuid is null or p.id = ${personId}::uuid)), '{}') as editors,
      coalesce((select array_agg(p.email) from membership b join person p on p.id = b.person_id
        where b.organisation_id in (n.holder_organisation_id, n.filed_by_organisation_id)), '{}') as members
    from notice n where n.id = ${noticeId}::uuid and n.begun_at is not null`
  if (!notice) return null
  const whose = side ?? (notice.members.includes(from.address) ? 'holder' : 'vendor')
  // What is passed on in the holder's name was written by the very member whom the mail that it answers went to.
  return { side: whose, held: whose === 'holder' && !notice.editors.includes(from.address) }
}

const writers = [...rolesFor('file-notices')]

function preparedFor(
  { inboundId, sha256, attachments, automatic, authentication, from }: InboundMessage,
  { id, side, passedOn }: { id: string; side: Author['side']; passedOn: boolean },
) {
  return {
    payload: {
      message: id,
      mail: inboundId,
      sha256,
      side,
      automatic,
      attachments: attachments.map((part) => part.sha256),
      sender: senderCheck(authentication),
    },
    facts: { name: from.name, address: from.address },
    ...(passedOn ? { standing: { wroteFrom: side } } : {}),
  }
}

async function recentMessages(tx: Transaction, { noticeId, receivedAt }: InboundMessage): Promise<number> {
  const since = new Date(receivedAt.getTime() - 60 * 60 * 1000)
  return tx.noticeMessage.count({ where: { noticeId, channel: 'mail', at: { gt: since } } })
}

type ToAdd = {
  id: string
  message: InboundMessage
  side: Author['side']
  held: 'not-a-member' | null
  sequence: number | null
}

async function addMessage(tx: Transaction, { id, message, side, held, sequence }: ToAdd): Promise<void> {
  const { from, attachments, authentication } = message
  await tx.noticeMessage.createMany({
    data: [
      {
        id,
        noticeId: message.noticeId,
        eventSequence: sequence,
        side,
        channel: 'mail',
        inboundId: message.inboundId,
        authorName: from.name,
        authorAddress: from.address,
        subject: message.subject,
        fresh: message.fresh,
        quoted: message.quoted,
        automatic: message.automatic,
        held,
        sender: senderCheck(authentication),
        at: message.receivedAt,
      },
    ],
  })
  await tx.messageAttachment.createMany({
    data: attachments.map(({ name, mediaType, bytes, sha256 }, position) => ({
      messageId: id,
      noticeId: message.noticeId,
      position,
      name,
      mediaType,
      sizeBytes: bytes,
      sha256,
    })),
  })
}
