import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import type { Blocked } from './find-blocked.server.ts'
import type { ContactFix } from './fix-contact-form.ts'
import { readdressNotice, type NewAddress } from './readdress-notice.server.ts'
import { asMember } from './taker.server.ts'

/** What came of one notice. */
export type FixedRow =
  | { readonly reference: string; readonly sent: true }
  | { readonly reference: string; readonly sent: false; readonly why: Why }

/** Why a notice was not sent on. */
export type Why = 'not-blocked' | 'same-address' | 'no-such-contact' | 'refused'

/**
 * Sends blocked notices of a holder to another address, each for itself: one that is refused holds up no other. An address
 * that the holder gives is used for its own notices, and offered to the directory until an operator looks at it.
 */
export async function fixContact({
  member,
  blocked,
  fix,
}: {
  member: Member
  blocked: Blocked
  fix: ContactFix
}): Promise<readonly FixedRow[]> {
  const to = addressOf(blocked, fix)
  if (fix.kind === 'new') await suggest({ member, blocked, fix })
  const rows: FixedRow[] = []
  for (const reference of fix.references) {
    const why = await sendOn({ member, blocked, to, reference })
    rows.push(why === null ? { reference, sent: true } : { reference, sent: false, why })
  }
  return rows
}

function addressOf({ contacts }: Blocked, fix: ContactFix): NewAddress | null {
  if (fix.kind === 'new') return { address: fix.address, locale: fix.locale }
  const contact = contacts.find(({ id }) => id === fix.contactId)
  if (contact === undefined) return null
  return { address: contact.address.toLowerCase(), locale: contact.locale, contactId: contact.id }
}

type ToSend = { member: Member; blocked: Blocked; to: NewAddress | null; reference: string }

async function sendOn({ member, blocked, to, reference }: ToSend): Promise<Why | null> {
  const notice = blocked.notices.find((each) => each.reference === reference)
  if (notice === undefined) return 'not-blocked'
  if (to === null) return 'no-such-contact'
  if (notice.address === to.address) return 'same-address'
  const result = await asMember(member, (tx, taker) =>
    readdressNotice(tx, { taker, noticeId: notice.id, to, ifUndeliverable: true }),
  )
  if (!result.sent) return result.because === 'no-such-contact' ? 'no-such-contact' : 'refused'
  const [taken] = result.succeeded
  if (taken === undefined) return 'refused'
  return taken.sequence === null ? 'not-blocked' : null
}

type ToSuggest = { member: Member; blocked: Blocked; fix: Extract<ContactFix, { kind: 'new' }> }

function suggest({ member, blocked, fix }: ToSuggest): Promise<unknown> {
  return asMember(member, (tx) =>
    tx.contactSuggestion.createMany({
      data: [
        {
          id: newId(),
          vendorId: blocked.vendor.id,
          organisationId: member.organisation.id,
          address: fix.address,
          locale: fix.locale,
          source: fix.source,
          givenBy: member.personId,
          givenAt: now(),
        },
      ],
      skipDuplicates: true,
    }),
  )
}
