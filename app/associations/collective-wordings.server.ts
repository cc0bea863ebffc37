import type { MailWording, OutgoingMail, Unwritable } from '#app/mail/mail-handlers.ts'
import { wordingOrWhy } from '#app/mail/wording-or-why.ts'
import { senderAddress } from '#app/mail/compose.server.ts'
import { replyAddress } from '#app/notices/mail-rows.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { linkToken, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { servedDatesOf } from '#app/notices/served-mail-facts.server.ts'
import type { Measure } from '#app/notices/measures.ts'
import { measureWords, whatIsAsked } from '#app/notices/wording.ts'
import { scheduleName } from './schedule.ts'
import { nameIn } from '#app/ui/language-of.ts'

interface Names {
  readonly name: string
  readonly nameOther: string | null
}

interface Serving {
  readonly reference: string
  readonly kind: 'exclusion' | 'cease_and_desist'
  readonly association: Names & { readonly timeZone: string }
  readonly vendor: Names
  readonly replyTo: string | null
  readonly signatory: { readonly name: string; readonly capacity: string }
  readonly cover: {
    readonly locale: 'en' | 'ja'
    readonly text: string
    readonly sha256: string
    readonly schedule: string | null
  } | null
  readonly linkId: string | null
}

interface Notice {
  readonly reference: string
  readonly holder: Names
  readonly works: number
  readonly code: string
  readonly linkId: string | null
  readonly letter: string
  readonly sha256: string
  readonly acknowledgeDays: number
  readonly decideDays: number
  readonly place: { readonly country: string | null; readonly region: string | null; readonly timeZone: string | null }
  readonly measures: readonly { readonly measure: Measure; readonly detail: string | null }[]
}

/** The facts of the mails that carry all notices of a filing to a vendor, in each reader's language. */
export async function collectiveWordings(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<ReadonlyMap<string, MailWording | Unwritable>> {
  const found = new Map<string, MailWording | Unwritable>()
  for (const mail of mails) {
    const serving = await findServing(tx, mail)
    const notices = await findNotices(tx, mail)
    const [first] = notices
    if (serving === null || first === undefined) continue
    found.set(
      mail.id,
      wordingOrWhy(() => withLocale(mail.locale, () => wordingOf(mail, serving, [first, ...notices.slice(1)]))),
    )
  }
  return found
}

function wordingOf(mail: OutgoingMail, serving: Serving, notices: readonly [Notice, ...Notice[]]): MailWording {
  const { BASE_URL } = env()
  const [first] = notices
  const at = now()
  const dates = servedDatesOf(first, at)
  const named = ({ name, nameOther }: Names) => nameIn(mail.locale, name, nameOther)
  if (serving.cover === null) throw new Error(`filing ${serving.reference} has no letter that covers its notices`)
  const { locale, text, sha256, schedule } = serving.cover
  return {
    facts: {
      filing: serving.reference,
      kind: serving.kind,
      association: named(serving.association),
      vendor: named(serving.vendor),
      measures: first.measures.map(({ measure, detail }) => ({
        title: measureWords[measure](),
        text: whatIsAsked({ measure, detail }),
      })),
      byLink: mail.personId === null,
      url:
        serving.linkId === null
          ? `${BASE_URL}/inbox/filings/${serving.reference}`
          : `${BASE_URL}/c/${linkToken(serving.linkId)}`,
      notices: notices.map(({ reference, holder, works, code, linkId, sha256: letter }) => {
        const url = linkId === null ? `${BASE_URL}/notices/${reference}` : `${BASE_URL}/n/${linkToken(linkId)}`
        return {
          reference,
          holder: named(holder),
          works,
          code,
          url,
          worksUrl: `${url}/${linkId === null ? 'annex.csv' : 'works.csv'}`,
          sha256: letter,
        }
      }),
      cover: { locale, text, sha256 },
      schedule: schedule === null ? null : { name: scheduleName(serving.reference, locale), text: schedule },
      annexes: notices.map((notice) => notice.letter),
      signedBy: serving.signatory,
      acknowledgeDays: first.acknowledgeDays,
      decideDays: first.decideDays,
      ...dates,
      verifyAddress: `${new URL(BASE_URL).host}/verify`,
      issuedAt: at.toISOString(),
      zones: [first.place.timeZone ?? 'UTC', serving.association.timeZone],
      replyTo: serving.replyTo ?? senderAddress(),
    },
    fromName: named(serving.association),
    replyTo: serving.replyTo,
  }
}

async function findServing(tx: Transaction, { filingId, vendorId, toAddress, personId }: OutgoingMail) {
  const [row] = await tx.$queryRaw<Serving[]>`
    select f.reference, f.kind, json_build_object('name', o.name, 'nameOther', o.name_other, 'timeZone', o.time_zone) as association,
      json_build_object('name', v.name, 'nameOther', v.name_other) as vendor, ${replyAddress} as "replyTo",
      json_build_object('name', coalesce(f.signatory_name, ''), 'capacity', coalesce(f.signatory_capacity, '')) as signatory,
      (select json_build_object('locale', c.locale, 'text', c.text, 'sha256', c.sha256, 'schedule', c.schedule) from collective_letter c
        where c.filing_id = f.id and c.vendor_id = v.id) as cover,
      case when ${personId}::uuid is null then (select l.id from collective_link l
        where l.filing_id = f.id and l.vendor_id = v.id and l.address = ${toAddress}) end as "linkId"
    from filing f join organisation o on o.id = f.filed_by_organisation_id
    join vendor v on v.id = ${vendorId}::uuid where f.id = ${filingId}::uuid`
  return row ?? null
}

function findNotices(tx: Transaction, { filingId, vendorId, toAddress, personId }: OutgoingMail): Promise<Notice[]> {
  return tx.$queryRaw<Notice[]>`
    select n.reference, json_build_object('name', h.name, 'nameOther', h.name_other) as holder, n.works_count as works, n.verify_code as code,
      case when ${personId}::uuid is null then (select k.id from notice_link k where k.notice_id = n.id and k.address = ${toAddress}
        order by k.id limit 1) end as "linkId",
      l.text as letter, l.sha256, n.acknowledge_days as "acknowledgeDays", n.decide_days as "decideDays",
      json_build_object('country', c.country, 'region', c.region, 'timeZone', c.time_zone) as place,
      (select json_agg(json_build_object('measure', q.measure, 'detail', q.detail) order by q.position)
        from notice_measure q where q.notice_id = n.id) as measures
    from notice n join organisation h on h.id = n.holder_organisation_id join notice_letter l on l.notice_id = n.id and l.locale = n.locale
    left join vendor_contact c on c.id = n.contact_id
    where n.filing_id = ${filingId}::uuid and n.vendor_id = ${vendorId}::uuid and n.begun_at is not null and n.stage <> 'withdrawn'
    order by lower(h.name), n.id`
}
