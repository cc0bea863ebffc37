import type { Duty } from '#app/mail/mail-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { paceMails, paceWindow, type PacedMail, type PaceLimit } from './serving-pace.ts'

interface Serving {
  readonly dutyId: string
  readonly address: string
  readonly organisationId: string
  readonly perHour: number | null
}

/**
 * Of the notices that are due for the first time, those that must wait for their turn: one contact address is sent at most
 * so many first mails within any hour, by all holders together and by each alone. The later mails of a notice need a first
 * one, so none of them can overtake it. One mail that carries all notices of a filing to a vendor counts as one.
 */
export async function paceServings(
  tx: Transaction,
  duties: readonly Duty[],
  at: Date,
): Promise<ReadonlyMap<string, Date>> {
  const first = duties.filter(({ kind, audience }) => kind === 'notice-served' && audience === 'vendor')
  const collective = duties.filter(({ filingId }) => filingId !== null)
  const servings = [
    ...(first.length === 0 ? [] : await findServings(tx, first)),
    ...(collective.length === 0 ? [] : await findCollective(tx, collective)),
  ]
  if (servings.length === 0) return new Map()
  const addresses = [...new Set(servings.map(({ address }) => address))].toSorted()
  // Two workers that serve one address take turns, so that each counts what the other has begun.
  await tx.$executeRaw`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended('pace of ' || address, 0) as key from unnest(${addresses}::text[]) address order by 1) keys`
  const limits = limitsOf(servings, await findBegun(tx, addresses, at))
  const ofDuty = new Map(servings.map((serving) => [serving.dutyId, serving]))
  // In the order in which they arose, whatever their turn was before.
  const mails = [...first, ...collective]
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap(({ id }): PacedMail[] => {
      const serving = ofDuty.get(id)
      return serving === undefined ? [] : [{ id, limits: namesOf(serving) }]
    })
  const slots = paceMails(mails, limits, at.getTime())
  return new Map([...slots].flatMap(([id, slot]) => (slot > at.getTime() ? [[id, new Date(slot)] as const] : [])))
}

function findServings(tx: Transaction, first: readonly Duty[]): Promise<Serving[]> {
  return tx.$queryRaw<Serving[]>`
    select d.id as "dutyId", lower(c.address) as address, n.filed_by_organisation_id as "organisationId", o.first_mails_per_hour as "perHour"
    from mail_duty d join notice n on n.id = d.notice_id join vendor_contact c on c.id = n.contact_id
    join organisation o on o.id = n.filed_by_organisation_id
    where d.id = any(${first.map(({ id }) => id)}::uuid[]) and n.begun_at is null and c.channel = 'email'`
}

function findCollective(tx: Transaction, duties: readonly Duty[]): Promise<Serving[]> {
  return tx.$queryRaw<Serving[]>`
    select distinct on (d.id) d.id as "dutyId", lower(c.address) as address, n.filed_by_organisation_id as "organisationId",
      o.first_mails_per_hour as "perHour"
    from mail_duty d join notice n on n.filing_id = d.filing_id and n.vendor_id = d.vendor_id and n.stage = 'queued' and n.begun_at is null
    join vendor_contact c on c.id = n.contact_id join organisation o on o.id = n.filed_by_organisation_id
    where d.id = any(${duties.map(({ id }) => id)}::uuid[]) and c.channel = 'email' order by d.id, n.id`
}

/** The mails of one organisation to one address: when they began, in milliseconds, and how many at that instant. */
interface Begun {
  readonly address: string
  readonly organisationId: string
  readonly rounds: readonly (readonly [at: number, mails: number])[]
}

// A round begins many at once: they are counted, not listed. Of a filing that is one mail, its notices count as one.
function findBegun(tx: Transaction, addresses: readonly string[], at: Date): Promise<Begun[]> {
  return tx.$queryRaw<Begun[]>`
    select address, "organisationId", json_agg(json_build_array((extract(epoch from begun_at) * 1000)::float8, mails)) as rounds
    from (select lower(c.address) as address, n.filed_by_organisation_id as "organisationId", n.begun_at,
        case when f.collective then 1 else count(*) end as mails
      from vendor_contact c join notice n on n.contact_id = c.id join filing f on f.id = n.filing_id
      where lower(c.address) = any(${[...addresses]}::text[]) and n.begun_at > ${new Date(at.getTime() - paceWindow)}
      group by c.id, n.filed_by_organisation_id, n.begun_at, f.collective, case when f.collective then f.id end) b
    group by address, "organisationId"`
}

function limitsOf(servings: readonly Serving[], begun: readonly Begun[]): ReadonlyMap<string, PaceLimit> {
  const most = env().FIRST_MAILS_PER_HOUR
  const byAddress = Map.groupBy(begun, ({ address }) => address)
  const limits = new Map<string, PaceLimit>()
  for (const serving of servings) {
    const { address, organisationId, perHour } = serving
    const [all = '', own = ''] = namesOf(serving)
    if (limits.has(own)) continue
    const here = byAddress.get(address) ?? []
    limits.set(all, { perHour: most, begun: instantsOf(here) })
    const mine = here.filter((each) => each.organisationId === organisationId)
    limits.set(own, { perHour: Math.min(perHour ?? most, most), begun: instantsOf(mine) })
  }
  return limits
}

function instantsOf(begun: readonly Begun[]): number[] {
  const instants: number[] = []
  for (const { rounds } of begun)
    for (const [at, mails] of rounds) for (let mail = 0; mail < mails; mail += 1) instants.push(at)
  return instants
}

function namesOf({ address, organisationId }: Serving): string[] {
  return [address, `${organisationId} ${address}`]
}
