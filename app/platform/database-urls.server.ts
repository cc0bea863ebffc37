import { env } from './env.server.ts'
import { secretFor } from './secrets.server.ts'

/** The roles that log in. `owner` migrates; the others own nothing and cannot bypass row-level security. */
export type Role = 'owner' | 'app' | 'worker' | 'auth'

const overrides = { app: 'DATABASE_APP_URL', worker: 'DATABASE_WORKER_URL', auth: 'DATABASE_AUTH_URL' } as const

/** The password of a database role, derived from SECRET_KEY. */
export function rolePassword(role: Role): string {
  return secretFor(`database role ${role}`, 24).toString('base64url')
}

/**
 * The connection string of a role: its own variable, else DATABASE_URL with the role's name and derived password.
 *
 * @throws Error when no database is configured (the embedded one passes its address in DATABASE_URL)
 */
export function databaseUrl(role: Role): string {
  const environment = env()
  const own = role === 'owner' ? undefined : environment[overrides[role]]
  if (own !== undefined) return own
  if (environment.DATABASE_URL === undefined) {
    throw new Error('No database: set DATABASE_URL, or start through `npm start`, which starts the embedded one.')
  }
  const url = new URL(environment.DATABASE_URL)
  url.username = `caveat_${role}`
  url.password = rolePassword(role)
  return url.href
}
