import { z } from 'zod'
import { authenticationSchema, senderCheck, type SenderCheck } from '#app/mail/authentication.ts'
import type { Transaction } from '#app/platform/db.server.ts'

/** A notice that a waiting mail may be about. */
export type ReplyGuess = { reference: string; holder: string; vendor: string; score: number; reasons: string[] }

/** A mail that waits for an operator: who wrote and under which subject, never what. */
export type WaitingReply = {
  id: string
  receivedAt: Date
  kind: string | null
  tags: string[]
  subject: string
  fromAddress: string
  fromName: string
  to: string
  bytes: number
  sender: SenderCheck
  fault: string | null
  guesses: ReplyGuess[]
}

type Row = Omit<WaitingReply, 'sender' | 'guesses'> & { authentication: unknown; guesses: unknown }

const guess = z.object({
  reference: z.string(),
  holder: z.string(),
  vendor: z.string(),
  score: z.int(),
  reasons: z.array(z.string()),
})

/** A page of the mail that names no notice, newest first, with scored guesses. */
export async function findReplies(
  tx: Transaction,
  { before, most }: { before: string | null; most: number },
): Promise<{ replies: WaitingReply[]; found: number; next: string | null }> {
  const [counted] = await tx.$queryRaw<{ count: bigint }[]>`select operator_inbound_count() as count`
  const rows = await tx.$queryRaw<Row[]>`
    select id, received_at as "receivedAt", kind, tags, coalesce(subject, '') as subject, coalesce(from_address, '') as "fromAddress",
      coalesce(from_name, '') as "fromName", envelope_to as to, size_bytes as bytes, authentication, last_error as fault, guesses
    from operator_inbound(${before}::uuid, ${most + 1})`
  const page = rows.slice(0, most)
  return {
    replies: page.map(({ authentication, guesses, ...row }) => ({
      ...row,
      sender: senderCheck(authenticationSchema.nullable().parse(authentication)),
      guesses: z.array(guess).parse(guesses),
    })),
    found: Number(counted?.count ?? 0),
    next: rows.length > most ? (page.at(-1)?.id ?? null) : null,
  }
}
