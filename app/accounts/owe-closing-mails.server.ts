import type { Transaction } from '#app/platform/db.server.ts'
import { closingAddress } from './closing-token.server.ts'
import { oweAccountMail } from './owe-account-mail.server.ts'

type Owner = { id: string; name: string; email: string; locale: string }

type ClosingMails = {
  kind: 'organisation-closing' | 'organisation-closing-soon'
  closing: { id: string; organisationId: string; eraseAt: Date }
  organisation: { name: string; timeZone: string }
  owners: readonly Owner[]
}

/** Tells the owners of an organisation that it closes. Each mail lets its reader cancel, and nobody else. */
export async function oweClosingMails(
  tx: Transaction,
  { kind, closing, organisation, owners }: ClosingMails,
): Promise<void> {
  for (const { id, name, email, locale } of owners) {
    await oweAccountMail(tx, {
      kind,
      address: email,
      locale: locale === 'ja' ? 'ja' : 'en',
      organisationId: closing.organisationId,
      facts: {
        name,
        organisation: organisation.name,
        eraseAt: closing.eraseAt.toISOString(),
        timeZone: organisation.timeZone,
        url: closingAddress({ closing: closing.id, person: id }),
      },
    })
  }
}
