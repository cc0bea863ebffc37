import { randomInt } from 'node:crypto'

import { oweAccountMail } from '#app/accounts/owe-account-mail.server.ts'
import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'
import { sign } from '#app/platform/secrets.server.ts'

import type { OwnContact } from './own-contact-forms.ts'

/** How long a mailed code is good, in minutes. */
export const codeMinutes = 30
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Why a vendor's own contact was not changed. */
export type OwnContactRefusal =
  | 'not-allowed'
  | 'no-vendor'
  | 'no-contact'
  | 'already-there'
  | 'too-many'
  | 'wrong-code'
  | 'stale-code'
type Kept = { allowed: true } | { allowed: false; because: OwnContactRefusal }

/** Adds a contact to the vendor's own entry, and mails a code to it: nothing is sent there before the code came back. */
export async function addOwnContact(member: Member, contact: OwnContact): Promise<Kept> {
  return asKeeper(member, async () => {
    const counted = await countTry('contact codes of organisation', member.organisation.id)
    if (!counted.allowed) return refused('too-many')
    return withPerson(member.personId, async (tx): Promise<Kept> => {
      const vendor = await ownVendor(tx, member)
      if (vendor === null) return refused('no-vendor')
      const { purpose, address } = contact
      const same = await tx.vendorContact.count({
        where: { vendorId: vendor.id, purpose, channel: 'email', address, retiredAt: null },
      })
      if (same > 0) return refused('already-there')
      const id = newId()
      await tx.vendorContact.create({
        data: {
          ...contact,
          region: contact.region ?? null,
          id,
          vendorId: vendor.id,
          channel: 'email',
          createdBy: member.personId,
          createdAt: now(),
        },
      })
      await record(tx, member, { kind: 'contact-added', contactId: id })
      return mailCode(tx, { contact: { id, ...contact }, vendor: vendor.name, member })
    })
  })
}

/** Mails a new code to a contact that waits for one; the code before is worth nothing from then on. */
export async function mailContactCode(member: Member, contactId: string): Promise<Kept> {
  return asKeeper(member, async () => {
    const counted = await countTry('contact codes of organisation', member.organisation.id)
    if (!counted.allowed) return refused('too-many')
    return withPerson(member.personId, async (tx): Promise<Kept> => {
      const vendor = await ownVendor(tx, member)
      const contact = await tx.vendorContact.findFirst({
        where: { id: contactId, vendorId: vendor?.id ?? '', verifiedAt: null, retiredAt: null },
        select: { id: true, address: true, locale: true },
      })
      if (vendor === null || contact === null) return refused('no-contact')
      const locale = contact.locale === 'ja' ? 'ja' : 'en'
      return mailCode(tx, { contact: { ...contact, locale }, vendor: vendor.name, member })
    })
  })
}

/** Confirms a contact by the code that was mailed to it: from now on notices go there. */
export async function confirmOwnContact(
  member: Member,
  { contactId, code, how }: { contactId: string; code: string; how: string },
): Promise<Kept> {
  return asKeeper(member, async () => {
    const counted = await countTry('contact code typed', contactId)
    if (!counted.allowed) return refused('too-many')
    const row = await withPerson(member.personId, async (tx) => {
      const [answer] = await tx.$queryRaw<{ state: string }[]>`
        select confirm_contact(${contactId}::uuid, ${hashOf(contactId, code)}, ${how}, ${now()}::timestamptz) as state`
      if (answer?.state === 'confirmed') await record(tx, member, { kind: 'contact-confirmed', contactId })
      return answer
    })
    if (row?.state === 'confirmed') return { allowed: true }
    const because = { wrong: 'wrong-code', stale: 'stale-code' } as const
    return refused(row?.state === 'wrong' || row?.state === 'stale' ? because[row.state] : 'no-contact')
  })
}

/** Retires one of the vendor's own contacts: no new notice goes there. It stays on record for those that went. */
export async function retireOwnContact(member: Member, contactId: string): Promise<Kept> {
  return asKeeper(member, async () => {
    return withPerson(member.personId, async (tx): Promise<Kept> => {
      const [row] = await tx.$queryRaw<{ retired: boolean }[]>`
        select retire_own_contact(${contactId}::uuid, ${now()}::timestamptz) as retired`
      if (row?.retired !== true) return refused('no-contact')
      await record(tx, member, { kind: 'contact-retired', contactId })
      return { allowed: true }
    })
  })
}

type ContactAct = { kind: 'contact-added' | 'contact-confirmed' | 'contact-retired'; contactId: string }

// By its id alone: an address may be somebody's own.
function record(tx: Transaction, { personId, organisation }: Member, { kind, contactId }: ContactAct): Promise<void> {
  return recordAudit(tx, { organisationId: organisation.id, kind, personId, subjectId: contactId })
}

type Coded = { contact: { id: string; address: string; locale: 'en' | 'ja' }; vendor: string; member: Member }

async function mailCode(tx: Transaction, { contact, vendor, member }: Coded): Promise<Kept> {
  const code = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
  const until = new Date(now().getTime() + codeMinutes * 60_000)
  const [row] = await tx.$queryRaw<{ kept: boolean }[]>`
    select keep_contact_code(${contact.id}::uuid, ${hashOf(contact.id, code)}, ${until}::timestamptz) as kept`
  if (row?.kept !== true) return refused('no-contact')
  await oweAccountMail(tx, {
    kind: 'contact-code',
    address: contact.address,
    locale: contact.locale,
    facts: {
      vendor,
      organisation: member.organisation.name,
      code,
      minutes: codeMinutes,
      url: `${env().BASE_URL}/directory-entry`,
    },
  })
  return { allowed: true }
}

function ownVendor(tx: Transaction, member: Member) {
  return tx.vendor.findUnique({
    where: { organisationId: member.organisation.id },
    select: { id: true, name: true },
  })
}

async function asKeeper(member: Member, act: () => Promise<Kept>): Promise<Kept> {
  return mayDo(member.organisation.role, 'edit-directory-entry') ? act() : refused('not-allowed')
}

function hashOf(contactId: string, code: string): string {
  return sign('contact code', `${contactId} ${code}`)
}

function refused(because: OwnContactRefusal): Kept {
  return { allowed: false, because }
}
