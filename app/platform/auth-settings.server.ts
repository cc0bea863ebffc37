import { AsyncLocalStorage } from 'node:async_hooks'
import type { BetterAuthOptions } from 'better-auth'
import type pg from 'pg'
import { env } from './env.server.ts'
import { newId } from './id.ts'
import { log } from './log.server.ts'
import { hashPassword, verifyPassword } from './passwords.server.ts'
import { secretFor } from './secrets.server.ts'

const daysSignedIn = 14
/** How long a mailed link to set a new password works. */
export const resetMinutes = 60

// better-auth hands a token to a callback that sends mail; this carries it back to the call that caused it.
const mailedTokens = new AsyncLocalStorage<{ token?: string }>()

/** Runs a call of better-auth that would send a mail, and returns the token that the mail would carry. */
export async function withMailedToken(call: () => Promise<unknown>): Promise<string | undefined> {
  const carrier: { token?: string } = {}
  await mailedTokens.run(carrier, call)
  return carrier.token
}

const times = { createdAt: 'created_at', updatedAt: 'updated_at' } as const

// Tables of schema caveat_auth, whose columns are spelled as in the rest of the database.
const tables = {
  user: { fields: { emailVerified: 'email_verified', ...times } },
  account: {
    fields: {
      userId: 'user_id',
      providerId: 'provider_id',
      accountId: 'account_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...times,
    },
  },
  verification: {
    storeIdentifier: 'hashed',
    // Looking at a link deletes nothing: see forgetExpired.
    disableCleanup: true,
    fields: { expiresAt: 'expires_at', ...times },
  },
} as const

/** How better-auth works here: what is written where, for how long, in which cookie. */
export function authSettings(pool: pg.Pool) {
  const secure = new URL(env().BASE_URL).protocol === 'https:'
  return {
    ...tables,
    appName: 'Caveat',
    baseURL: env().BASE_URL,
    secret: secretFor('sign-in').toString('base64url'),
    database: pool,
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ from: 'better-auth' }, message) },
    emailAndPassword: passwords,
    session: {
      expiresIn: daysSignedIn * 24 * 3600,
      // A page view writes nothing: a session simply ends after its days.
      disableSessionRefresh: true,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...times,
      },
    },
    // Every door of this portal counts its own tries (rate-limit.server.ts), in the database.
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => newId() },
      // The prefix that better-auth would add is the weaker one of the two.
      useSecureCookies: false,
      cookies: { session_token: { name: secure ? '__Host-caveat-session' : 'caveat-session' } },
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { disableIpTracking: true },
    },
  } satisfies BetterAuthOptions
}

const passwords = {
  enabled: true,
  requireEmailVerification: true,
  // Addresses are confirmed before a login is made, so nobody signs up through better-auth itself.
  disableSignUp: true,
  // The forms ask for more (app/accounts/passwords.ts).
  minPasswordLength: 8,
  maxPasswordLength: 128,
  resetPasswordTokenExpiresIn: resetMinutes * 60,
  revokeSessionsOnPasswordReset: true,
  password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
  sendResetPassword: async ({ token }) => {
    const carrier = mailedTokens.getStore()
    if (carrier) carrier.token = token
  },
} satisfies BetterAuthOptions['emailAndPassword']
