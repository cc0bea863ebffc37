import type { OutgoingMail } from '#app/mail/mail-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'

/** What somebody wrote about a notice, for the mail that passes it on. */
export type MessageWords = {
  side: 'holder' | 'vendor'
  channel: 'mail' | 'portal'
  name: string
  address: string
  text: string
  attachments: string[]
  sender: 'confirmed' | 'not-confirmed' | 'not-checked' | null
}

/** The messages that these mails pass on, by mail id. */
export async function findMessageWords(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<ReadonlyMap<string, MessageWords>> {
  const wanted = mails.filter(({ kind }) => kind === 'message-received')
  if (wanted.length === 0) return new Map()
  const rows = await tx.$queryRaw<(MessageWords & { noticeId: string; sequence: number })[]>`
    select m.notice_id as "noticeId", m.event_sequence as sequence, m.side, m.channel, m.author_name as name, m.author_address as address,
      m.fresh as text, m.sender, array(select a.name from message_attachment a where a.message_id = m.id order by a.position) as attachments
    from unnest(${wanted.map(({ noticeId }) => noticeId)}::uuid[], ${wanted.map(({ eventSequence }) => eventSequence ?? 0)}::int[]) w (notice_id, sequence)
    join notice_message m on m.notice_id = w.notice_id and m.event_sequence = w.sequence`
  const found = new Map(rows.map(({ noticeId, sequence, ...words }) => [`${noticeId} ${sequence}`, words]))
  return new Map(
    wanted.flatMap(({ id, noticeId, eventSequence }) => {
      const words = found.get(`${noticeId} ${eventSequence}`)
      return words === undefined ? [] : [[id, words]]
    }),
  )
}
