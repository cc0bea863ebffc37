import type { Duty } from '#app/mail/mail-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { paceMails, paceWindow, type PacedMail, type PaceLimit } from './serving-pace.ts'

interface Serving {
  readonly noticeId: string
  readonly address: string
  readonly organisationId: string
  readonly perHour: number | null
}

/**
 * Of the notices that are due for the first time, those that must wait for their turn: one contact address is sent at most
 * so many first mails within any hour, by all holders together and by each alone. The later mails of a notice need a first
 * one, so none of them can overtake it.
 */
export async function paceServings(
  tx: Transaction,
  duties: readonly Duty[],
  at: Date,
): Promise<ReadonlyMap<string, Date>> {
  const first = duties.filter(({ kind, audience }) => kind === 'notice-served' && audience === 'vendor')
  const servings = first.length === 0 ? [] : await findServings(tx, first)
  if (servings.length === 0) return new Map()
  const addresses = [...new Set(servings.map(({ address }) => address))].toSorted()
  // Two workers that serve one address take turns, so that each counts what the other has begun.
  await tx.$executeRaw`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended('pace of ' || address, 0) as key from unnest(${addresses}::text[]) address order by 1) keys`
  const limits = limitsOf(servings, await findBegun(tx, addresses, at))
  const ofNotice = new Map(servings.map((serving) => [serving.noticeId, serving]))
  // In the order in which they arose, whatever their turn was before.
  const mails = first
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap(({ id, noticeId }): PacedMail[] => {
      const serving = noticeId === null ? undefined : ofNotice.get(noticeId)
      return serving === undefined ? [] : [{ id, limits: namesOf(serving) }]
    })
  const slots = paceMails(mails, limits, at.getTime())
  return new Map([...slots].flatMap(([id, slot]) => (slot > at.getTime() ? [[id, new Date(slot)] as const] : [])))
}

function findServings(tx: Transaction, first: readonly Duty[]): Promise<Serving[]> {
  const noticeIds = first.flatMap(({ noticeId }) => (noticeId === null ? [] : [noticeId]))
  return tx.$queryRaw<Serving[]>`
    select n.id as "noticeId", lower(c.address) as address, n.filed_by_organisation_id as "organisationId", o.first_mails_per_hour as "perHour"
    from notice n join vendor_contact c on c.id = n.contact_id join organisation o on o.id = n.filed_by_organisation_id
    where n.id = any(${noticeIds}::uuid[]) and n.begun_at is null and c.channel = 'email'`
}

interface Begun {
  readonly address: string
  readonly organisationId: string
  readonly at: number
}

function findBegun(tx: Transaction, addresses: readonly string[], at: Date): Promise<Begun[]> {
  return tx.$queryRaw<Begun[]>`
    select lower(c.address) as address, n.filed_by_organisation_id as "organisationId",
      (extract(epoch from n.begun_at) * 1000)::float8 as at
    from vendor_contact c join notice n on n.contact_id = c.id
    where lower(c.address) = any(${[...addresses]}::text[]) and n.begun_at > ${new Date(at.getTime() - paceWindow)}`
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
    limits.set(all, { perHour: most, begun: here.map((each) => each.at) })
    const mine = here.filter((each) => each.organisationId === organisationId)
    limits.set(own, { perHour: Math.min(perHour ?? most, most), begun: mine.map((each) => each.at) })
  }
  return limits
}

function namesOf({ address, organisationId }: Serving): string[] {
  return [address, `${organisationId} ${address}`]
}
