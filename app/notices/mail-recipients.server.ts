import type { Duty, MailLocale, Recipient } from '#app/mail/mail-handlers.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { stillNeeded } from './question-reminders.server.ts'
import { approversOf, type ApproverToMail } from './mail-approvers.server.ts'

type Person = ApproverToMail
type Sides = {
  id: string
  filer: Person | null
  association: Person[]
  owners: Person[]
  vendor_members: Person[]
  contact: { id: string; address: string; locale: MailLocale } | null
  links: { id: string; contact_id: string | null; address: string; locale: MailLocale }[]
}

/**
 * Who gets the mails of these duties, as things stand now. Holder: the filer while still a member, and every owner.
 * A collective filing is told to its members' owners; its association hears only what is meant for it, while the mandate lasts.
 * Vendor: whoever holds an open link, which is the contact until it forwards the notice, and the owners and editors of
 * the organisation that claimed the entry. A contact that has no link yet gets one.
 */
export async function recipientsOf(tx: Transaction, owed: readonly Duty[]): Promise<Recipient[]> {
  const duties = await stillNeeded(tx, owed)
  const noticeIds = [...new Set(duties.flatMap(({ noticeId }) => (noticeId === null ? [] : [noticeId])))]
  const sides = new Map((await findSides(tx, noticeIds)).map((each) => [each.id, each]))
  const approvers = await approversOf(tx, duties)
  const fresh: NewLink[] = []
  const found = duties.flatMap((duty) => {
    if (duty.noticeId !== null && duty.audience === 'approvers')
      return members(duty, approvers.get(duty.noticeId) ?? [])
    const side = duty.noticeId === null ? undefined : sides.get(duty.noticeId)
    return side === undefined ? [] : recipientsOfDuty(duty, side, fresh)
  })
  if (fresh.length > 0) await addLinks(tx, fresh)
  return found
}

function recipientsOfDuty(duty: Duty, sides: Sides, fresh: NewLink[]): Recipient[] {
  switch (duty.audience) {
    case 'holder':
      return members(duty, [...(sides.filer === null ? [] : [sides.filer]), ...sides.owners])
    case 'association':
      return members(duty, sides.association)
    case 'filer':
      return members(duty, sides.filer === null ? sides.owners : [sides.filer])
    case 'vendor': {
      const bearers =
        sides.links.length > 0 || sides.contact === null ? sides.links : [linkFor(sides, sides.contact, fresh)]
      return [...bearers.map((link) => bearer(duty, link)), ...members(duty, sides.vendor_members)]
    }
    case 'address': {
      if (duty.address === null) return []
      // A contact of the directory stays one, so that it is known how mail to it fares.
      const known = sides.contact?.address.toLowerCase() === duty.address ? sides.contact : null
      const addressee = { id: known?.id ?? null, address: duty.address, locale: duty.locale ?? 'en' }
      return [bearer(duty, linkFor(sides, addressee, fresh))]
    }
    case 'person':
      return members(
        duty,
        [sides.filer, ...sides.owners, ...sides.vendor_members].flatMap((each) =>
          each?.person_id === duty.personId ? [each] : [],
        ),
      )
    default:
      throw new Error(`Duty ${duty.id} has an audience that nobody knows: ${duty.audience}`)
  }
}

function members(duty: Duty, people: readonly Person[]): Recipient[] {
  return people.map(({ person_id, email, locale }) => ({
    dutyId: duty.id,
    address: email,
    locale,
    personId: person_id,
    contactId: null,
    linkId: null,
  }))
}

type Bearer = { id: string; contact_id: string | null; address: string; locale: MailLocale }

function bearer(duty: Duty, { id, contact_id, address, locale }: Bearer): Recipient {
  return { dutyId: duty.id, address, locale, personId: null, contactId: contact_id, linkId: id }
}

type NewLink = {
  id: string
  noticeId: string
  contactId: string | null
  address: string
  locale: MailLocale
  createdAt: Date
}
type Addressee = { id: string | null; address: string; locale: MailLocale }

function linkFor(sides: Sides, { id: contactId, address, locale }: Addressee, fresh: NewLink[]): Bearer {
  const known = sides.links.find((link) => link.address === address)
  if (known !== undefined) return known
  const link = { id: newId(), contact_id: contactId, address, locale }
  fresh.push({ id: link.id, noticeId: sides.id, contactId, address, locale, createdAt: now() })
  // Two duties of one notice in the same round share the link.
  sides.links.push(link)
  return link
}

async function addLinks(tx: Transaction, links: readonly NewLink[]): Promise<void> {
  await tx.$executeRaw`
    insert into notice_link (id, notice_id, contact_id, address, locale, created_at)
    select id, "noticeId", "contactId", address, locale, "createdAt" from json_to_recordset(${JSON.stringify(links)}::json)
      as l (id uuid, "noticeId" uuid, "contactId" uuid, address text, locale text, "createdAt" timestamptz)`
}

function findSides(tx: Transaction, noticeIds: readonly string[]): Promise<Sides[]> {
  return tx.$queryRaw<Sides[]>`
    select n.id,
      (select json_build_object('person_id', p.id, 'email', p.email, 'locale', p.locale)
        from person p join membership m on m.person_id = p.id
        where p.id = f.submitted_by and m.organisation_id = n.filed_by_organisation_id and not f.collective) as filer,
      case when f.collective then coalesce((select json_agg(json_build_object('person_id', p.id, 'email', p.email, 'locale', p.locale) order by p.id)
        from membership m join person p on p.id = m.person_id
        where m.organisation_id = n.filed_by_organisation_id and (m.role = 'owner' or p.id = f.submitted_by)
          and exists (select from mandate_grant g where g.member_id = n.holder_organisation_id and g.association_id = n.filed_by_organisation_id)), '[]')
        else '[]' end as association,
      coalesce((select json_agg(json_build_object('person_id', p.id, 'email', p.email, 'locale', p.locale) order by p.id)
        from membership m join person p on p.id = m.person_id
        where m.organisation_id = n.holder_organisation_id and m.role = 'owner'), '[]') as owners,
      coalesce((select json_agg(json_build_object('person_id', p.id, 'email', p.email, 'locale', p.locale) order by p.id)
        from membership m join person p on p.id = m.person_id
        where m.organisation_id = v.organisation_id and m.role in ('owner', 'editor')), '[]') as vendor_members,
      (select json_build_object('id', c.id, 'address', c.address, 'locale', c.locale)
        from vendor_contact c where c.id = n.contact_id and c.channel = 'email') as contact,
      coalesce((select json_agg(json_build_object('id', l.id, 'contact_id', l.contact_id, 'address', l.address, 'locale', l.locale) order by l.id)
        from notice_link l where l.notice_id = n.id and l.revoked_at is null and l.read_only_at is null), '[]') as links
    from notice n join filing f on f.id = n.filing_id join vendor v on v.id = n.vendor_id
    where n.id = any(${[...noticeIds]}::uuid[])`
}
