import { withPerson } from '#app/platform/db.server.ts'
import { findSecondFactor } from '#app/platform/second-factor.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import type { Closing } from './closing.ts'
import type { ClosingToken } from './closing-token.server.ts'
import type { Member } from './viewer.server.ts'

type Row = { id: string; asker: string | null; askedAt: Date; eraseAt: Date; begun: boolean }

/** The closing that an organisation of the asker has asked for and not cancelled, if there is one. */
export async function findClosing({ personId, organisation }: Member): Promise<Closing | null> {
  const [row] = await withPerson(
    personId,
    (tx) => tx.$queryRaw<Row[]>`
      select c.id, ${nameHere('p')} as asker, c.asked_at as "askedAt", c.erase_at as "eraseAt", c.begun_at is not null as begun
      from organisation_closing c left join person p on p.id = c.asked_by
      where c.organisation_id = ${organisation.id}::uuid and c.cancelled_at is null`,
  )
  return row ? { ...row, askedAt: row.askedAt.toISOString(), eraseAt: row.eraseAt.toISOString() } : null
}

/** What an owner is asked before a closing: whether a code, and how much was filed and not sent yet. */
export async function findClosingTerms(member: Member): Promise<{ needsCode: boolean; unsent: number }> {
  const [factor, [row]] = await Promise.all([
    findSecondFactor(member.personId),
    withPerson(
      member.personId,
      (tx) => tx.$queryRaw<{ unsent: number }[]>`select unsent_of(${member.organisation.id}::uuid) as unsent`,
    ),
  ])
  return { needsCode: factor.state === 'on', unsent: row?.unsent ?? 0 }
}

/** A closing as the page behind a mail shows it; `over` when it was cancelled or done. */
export interface MailedClosing {
  readonly organisation: string
  readonly organisationOther: string | null
  readonly eraseAt: string
  readonly timeZone: string
  readonly state: 'open' | 'begun' | 'over'
}

/** The closing that a mailed token names, for the owner to whom it went. Null when that is an owner no more. */
export async function findMailedClosing({ closing, person }: ClosingToken): Promise<MailedClosing | null> {
  const [row] = await withPerson(
    person,
    (tx) => tx.$queryRaw<(Omit<MailedClosing, 'eraseAt'> & { eraseAt: Date })[]>`
      select o.name as organisation, o.name_other as "organisationOther", c.erase_at as "eraseAt", o.time_zone as "timeZone",
        case when c.cancelled_at is not null then 'over' when c.begun_at is not null then 'begun' else 'open' end as state
      from organisation_closing c join organisation o on o.id = c.organisation_id
      where c.id = ${closing}::uuid and c.organisation_id in (select my_organisations_as('{owner}'))`,
  )
  return row ? { ...row, eraseAt: row.eraseAt.toISOString() } : null
}
