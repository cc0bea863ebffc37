import type { Transaction } from '#app/platform/db.server.ts'

/** A mail, or a duty that is no mail yet, that waited when the restored backup was taken. */
export type HeldMail = {
  id: string
  isMail: boolean
  kind: string
  /** Null where readers are found only when the mail is made. */
  toAddress: string | null
  /** `owed` where it is no mail yet. */
  status: string
  createdAt: Date
  reference: string | null
}

/** The hold that a restore has put on all mails, or null. */
export async function findHold(tx: Transaction): Promise<{ backupMadeAt: Date; restoredAt: Date } | null> {
  return tx.outboxHold.findFirst({
    where: { releasedAt: null },
    orderBy: { backupMadeAt: 'desc' },
    select: { backupMadeAt: true, restoredAt: true },
  })
}

/** What is held back and may have been sent by the portal that was lost, oldest first; for the operator and the worker. */
export function findHeld(tx: Transaction, most: number): Promise<HeldMail[]> {
  return tx.$queryRaw<HeldMail[]>`
    select id, is_mail as "isMail", kind, to_address as "toAddress", status, created_at as "createdAt", reference
    from held_mails(${most}::int)`
}
