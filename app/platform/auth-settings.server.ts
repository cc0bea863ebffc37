import { passkey } from '@better-auth/passkey'
import { APIError, type BetterAuthOptions } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type pg from 'pg'
import { env } from './env.server.ts'
import { newId } from './id.ts'
import { log } from './log.server.ts'
import { hashPassword, verifyPassword } from './passwords.server.ts'
import { secretFor } from './secrets.server.ts'

const daysSignedIn = 14
/** How long after signing in a person may change how they sign in, in minutes. */
export const freshMinutes = 15
/** How long a browser that was trusted is not asked for a code. */
export const trustedDays = 30
/** How long a mailed link to set a new password works. */
export const resetMinutes = 60

const times = { createdAt: 'created_at', updatedAt: 'updated_at' } as const

// Tables of schema caveat_auth, whose columns are spelled as in the rest of the database.
const tables = {
  user: { fields: { emailVerified: 'email_verified', ...times } },
  twoFactor: {
    modelName: 'two_factor',
    fields: {
      userId: 'user_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
  passkey: {
    fields: {
      userId: 'user_id',
      publicKey: 'public_key',
      credentialID: 'credential_id',
      deviceType: 'device_type',
      backedUp: 'backed_up',
      createdAt: 'created_at',
    },
  },
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
  const { user, account, verification } = tables
  return {
    user,
    account,
    verification,
    plugins: [secondFactor(), passkeys()],
    appName: 'Caveat',
    baseURL: env().BASE_URL,
    secret: secretFor('sign-in').toString('base64url'),
    database: pool,
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ from: 'better-auth' }, message) },
    emailAndPassword: passwords,
    session: {
      expiresIn: daysSignedIn * 24 * 3600,
      freshAge: freshMinutes * 60,
      additionalFields: { strong: { type: 'boolean', required: false, input: false } },
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
      cookies: {
        session_token: { name: cookieName('session', secure) },
        two_factor: { name: cookieName('second-factor', secure) },
        trust_device: { name: cookieName('trusted', secure) },
        passkey: { name: cookieName('passkey', secure) },
      },
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
  revokeSessionsOnPasswordReset: true,
  password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
} satisfies BetterAuthOptions['emailAndPassword']

function cookieName(what: string, secure: boolean): string {
  return `${secure ? '__Host-' : ''}caveat-${what}`
}

// Recovery codes come in as keyed hashes (second-factor.server.ts): as they are is how they may be stored.
const asTheyAre = async (codes: string): Promise<string> => codes

function secondFactor() {
  return twoFactor({
    issuer: 'Caveat',
    trustDeviceMaxAge: trustedDays * 24 * 3600,
    schema: { user: { fields: { twoFactorEnabled: 'two_factor_enabled' } }, twoFactor: tables.twoFactor },
    backupCodeOptions: {
      // They are made when the app's first code was right, not before.
      customBackupCodesGenerate: () => [],
      storeBackupCodes: { encrypt: asTheyAre, decrypt: asTheyAre },
    },
  })
}

function passkeys() {
  const { origin, hostname } = new URL(env().BASE_URL)
  return passkey({
    rpName: 'Caveat',
    rpID: hostname,
    origin,
    schema: { passkey: tables.passkey },
    advanced: { webAuthnChallengeCookie: 'passkey' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    // A passkey stands for two factors only where the device checked its user, by finger, face or PIN.
    registration: {
      afterVerification: async ({ verification }) => {
        mustKnowItsUser(verification.registrationInfo?.userVerified)
      },
    },
    authentication: {
      afterVerification: async ({ verification }) => {
        mustKnowItsUser(verification.authenticationInfo.userVerified)
      },
    },
  })
}

function mustKnowItsUser(userVerified: boolean | undefined): void {
  if (userVerified !== true) throw new APIError('UNAUTHORIZED', { message: 'The device did not ask who uses it.' })
}
