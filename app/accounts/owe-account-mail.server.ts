import type { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'

import type { Locale } from './forms.ts'

/** A mail about an account, to one address. */
export type AccountMail = {
  kind:
    | 'confirm-address'
    | 'already-registered'
    | 'reset-password'
    | 'invitation'
    | 'new-sign-in'
    | 'account-changed'
    | 'domain-missing'
    | 'export-ready'
    | 'contact-code'
    | 'correction-answered'
    | 'mandate-invitation'
    | 'organisation-closing'
    | 'organisation-closing-soon'
    | 'organisation-erased'
  /** To this address and no other, whoever may have it later. */
  address: string
  locale: Locale
  /** What the mail of this kind needs to know (emails/<kind>.tsx). */
  facts: Prisma.InputJsonObject
  organisationId?: string
}

/** Owes somebody a mail about their account: it is sent if, and only if, the transaction commits. */
export async function oweAccountMail(
  tx: Transaction,
  { kind, address, locale, facts, organisationId }: AccountMail,
): Promise<void> {
  const at = now()
  // No RETURNING: the duty of another's mailbox is not for the writer to read.
  await tx.mailDuty.createMany({
    data: [
      {
        id: newId(),
        kind,
        audience: 'address',
        address,
        locale,
        facts,
        organisationId: organisationId ?? null,
        notBefore: at,
        createdAt: at,
      },
    ],
  })
  await wake(tx, 'mail')
}
