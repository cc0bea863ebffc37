import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { authPool } from './auth.server.ts'

/**
 * How often each thing may be tried. The counts lie in the database, so a restart or a second process forgets nothing.
 * `account` limits hold for all the world together; `client` limits for one network address, behind which an office may sit.
 */
const limits = {
  'sign-in account': { points: 10, minutes: 15 },
  'sign-in client': { points: 100, minutes: 15 },
  'sign-up client': { points: 20, minutes: 60 },
  'confirm client': { points: 60, minutes: 60 },
  'password of account': { points: 10, minutes: 15 },
  'code of account': { points: 10, minutes: 15 },
  // RFC 6238, 5.2: a code of an app opens one session, whoever saw it typed; it lives for a minute and a half.
  'code once': { points: 1, minutes: 2 },
  // Whoever types somebody's address makes us mail them: a mailbox gets few of these.
  'mail to address': { points: 5, minutes: 60 },
  'domain looks of organisation': { points: 30, minutes: 60 },
  'corrections of person': { points: 20, minutes: 60 },
  'contact codes of organisation': { points: 10, minutes: 60 },
  'contact code typed': { points: 10, minutes: 60 },
  'invitations of organisation': { points: 50, minutes: 60 },
  // By mail link: a contact answers a few times, a guesser of codes or addresses often.
  'answer by link': { points: 30, minutes: 60 },
  'forward by link': { points: 5, minutes: 60 },
  'code mailed by link': { points: 5, minutes: 60 },
  'code typed by link': { points: 10, minutes: 60 },
  'verify client': { points: 30, minutes: 15 },
} as const satisfies Record<string, { points: number; minutes: number }>

export type Limit = keyof typeof limits
export type Try = { allowed: true } | { allowed: false; because: 'too-many'; retryAfterSeconds: number }

let made: { pool: unknown; byLimit: Map<Limit, RateLimiterPostgres> } | undefined

function limiter(limit: Limit): RateLimiterPostgres {
  const pool = authPool()
  if (made?.pool !== pool) made = { pool, byLimit: new Map() }
  const known = made.byLimit.get(limit)
  if (known) return known
  const { points, minutes } = limits[limit]
  const fresh = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    schemaName: 'caveat_auth',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix: limit,
    points,
    duration: minutes * 60,
    clearExpiredByTimeout: made.byLimit.size === 0,
  })
  made.byLimit.set(limit, fresh)
  return fresh
}

/**
 * Counts one try before it is made; of many at the same moment no more pass than the limit.
 *
 * @param of whose tries are counted: an address, an id; stored as a hash
 * @throws when the count cannot be kept: an uncounted try is not allowed
 */
export async function countTry(limit: Limit, of: string): Promise<Try> {
  try {
    await limiter(limit).consume(keyOf(of))
    return { allowed: true }
  } catch (error) {
    if (error instanceof RateLimiterRes) {
      return {
        allowed: false,
        because: 'too-many',
        retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)),
      }
    }
    throw new Error(`Counting a try failed: ${limit}`, { cause: error })
  }
}

/** Forgets the tries of one who succeeded. */
export async function forgetTries(limit: Limit, of: string): Promise<void> {
  await limiter(limit).delete(keyOf(of))
}

function keyOf(of: string): string {
  return createHash('sha256').update(of).digest('base64url')
}
