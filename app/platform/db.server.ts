import { Prisma, PrismaClient } from '#app/generated/prisma/client.ts'
import { now } from './clock.server.ts'
import { databaseUrl } from './database-urls.server.ts'
import { PrismaPgWithLargeValues } from './large-values.server.ts'
import { statementNames } from './statement-names.ts'
import { sign, equalInConstantTime } from './secrets.server.ts'

/** A Prisma client inside one transaction: what acts and readers are given. */
export type Transaction = Prisma.TransactionClient

/** The link that a bearer opened: to one notice, for one contact. */
export type OpenLink = { id: string; noticeId: string; address: string; locale: string; readOnly: boolean }

/** What `withLink` answers: the value, or why the link does not open. */
export type LinkResult<T> = { open: true; value: T } | { open: false; because: 'unknown' | 'expired' | 'revoked' }

const timing = { maxWait: 10_000, timeout: 60_000 }
const clients = new Map<'app' | 'worker', PrismaClient>()

function client(role: 'app' | 'worker'): PrismaClient {
  const known = clients.get(role)
  if (known !== undefined) return known
  const made = new PrismaClient({
    adapter: new PrismaPgWithLargeValues(
      { connectionString: databaseUrl(role), max: 10, connectionTimeoutMillis: 8_000 },
      { statementNameGenerator: statementNames() },
    ),
  })
  clients.set(role, made)
  return made
}

// One clock judges everything: what the database asks of the time is answered by `now`, see `portal_now()` there.
const clock = () => now().toISOString()

/** Runs `fn` in one transaction as `personId`: row-level security shows and takes only what that person may. */
export function withPerson<T>(personId: string, fn: (tx: Transaction) => Promise<T>): Promise<T> {
  return client('app').$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('caveat.person', ${personId}, true), set_config('caveat.now', ${clock()}, true)`
    return fn(tx)
  }, timing)
}

/** Runs `fn` in one transaction as nobody: what the public may see. */
export function withNobody<T>(fn: (tx: Transaction) => Promise<T>): Promise<T> {
  return client('app').$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('caveat.now', ${clock()}, true)`
    return fn(tx)
  }, timing)
}

/**
 * Runs `fn` in one transaction as the bearer of a mail link: row-level security shows exactly that notice.
 * The token is `<link id>.<HMAC of the id>`; nothing of it is stored.
 */
export async function withLink<T>(
  token: string,
  fn: (tx: Transaction, link: OpenLink) => Promise<T>,
): Promise<LinkResult<T>> {
  const id = linkIdOf(token)
  if (id === null) return { open: false, because: 'unknown' }
  return client('app').$transaction(async (tx): Promise<LinkResult<T>> => {
    const [row] = await tx.$queryRaw<
      {
        state: 'open' | 'unknown' | 'expired' | 'revoked'
        notice_id: string
        address: string
        locale: string
        read_only: boolean
      }[]
    >`select o.* from (select set_config('caveat.now', ${clock()}, true) as at offset 0) c
      cross join lateral open_link(case when c.at is not null then ${id}::uuid end) o`
    if (row === undefined || row.state !== 'open')
      return { open: false, because: row?.state === 'open' ? 'unknown' : (row?.state ?? 'unknown') }
    const link = { id, noticeId: row.notice_id, address: row.address, locale: row.locale, readOnly: row.read_only }
    return { open: true, value: await fn(tx, link) }
  }, timing)
}

/** Runs `fn` in one transaction as the worker, which sees what mail, clocks and sweeps need. Never in the web process. */
export function withWorker<T>(fn: (tx: Transaction) => Promise<T>): Promise<T> {
  return client('worker').$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('caveat.now', ${clock()}, true)`
    return fn(tx)
  }, timing)
}

/** The token of a mail link: its id and an HMAC of it. */
export function linkToken(linkId: string): string {
  return `${linkId.replaceAll('-', '')}${sign('mail link', linkId).slice(0, 22)}`
}

/** The id in a token, or null when its HMAC is not ours. */
export function linkIdOf(token: string): string | null {
  const match = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[\w-]{22}$/.exec(token)
  if (match === null) return null
  const id = match.slice(1).join('-')
  return equalInConstantTime(linkToken(id), token) ? id : null
}

/** Closes every connection: at the end of a process or a test. */
export async function closeDatabase(): Promise<void> {
  const open = [...clients.values()]
  clients.clear()
  await Promise.all(open.map((each) => each.$disconnect()))
}
