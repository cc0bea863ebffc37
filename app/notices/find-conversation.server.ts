import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'

/** What one side wrote, by mail or in the portal. Instants ISO 8601. */
export interface Message {
  readonly id: string
  readonly side: 'holder' | 'vendor'
  readonly channel: 'mail' | 'portal'
  readonly name: string
  readonly address: string
  readonly subject: string
  readonly fresh: string
  readonly quoted: string
  /** A machine wrote it: nobody was told. */
  readonly automatic: boolean
  /** Why it was not passed on to the other side. */
  readonly held: 'not-a-member' | null
  /** Whether the sender's domain confirms the mail; null for what was written in the portal. */
  readonly sender: 'confirmed' | 'not-confirmed' | 'not-checked' | null
  readonly at: string
  /** The mail as it came, for those who may have it. */
  readonly inboundId: string | null
  readonly files: readonly { readonly position: number; readonly name: string; readonly bytes: number }[]
}

/** The messages of a notice, the newest first. */
export interface Conversation {
  readonly messages: readonly Message[]
  /** The id to ask with for those before, if there are any. */
  readonly earlier: string | null
  readonly newest: boolean
}

/** Nobody wrote. */
export const noConversation: Conversation = { messages: [], earlier: null, newest: true }

const messagesPerPage = 20

/** What the two sides wrote to each other about a notice, as the asker may see it. */
export async function findConversation(
  tx: Transaction,
  { noticeId, before }: { noticeId: string; before: string | undefined },
): Promise<Conversation> {
  const upTo =
    before === undefined
      ? Prisma.sql`true`
      : Prisma.sql`(m.at, m.id) < (select b.at, b.id from notice_message b where b.id = ${before}::uuid)`
  const rows = await tx.$queryRaw<Message[]>`
    select m.id, m.side, m.channel, m.author_name as name, m.author_address as address, m.subject, m.fresh, m.quoted, m.automatic, m.held,
      m.sender, to_jsonb(m.at) #>> '{}' as at, (select i.id from inbound_mail i where i.id = m.inbound_id) as "inboundId",
      coalesce((select jsonb_agg(jsonb_build_object('position', a.position, 'name', a.name, 'bytes', a.size_bytes) order by a.position)
        from message_attachment a where a.message_id = m.id), '[]') as files
    from notice_message m where m.notice_id = ${noticeId}::uuid and ${upTo}
    order by m.at desc, m.id desc limit ${messagesPerPage + 1}`
  const messages = rows.slice(0, messagesPerPage)
  return {
    messages,
    earlier: rows.length > messagesPerPage ? (messages.at(-1)?.id ?? null) : null,
    newest: before === undefined,
  }
}
