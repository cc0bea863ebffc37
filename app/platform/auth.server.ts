import { createHash, randomBytes } from 'node:crypto'
import { APIError, betterAuth } from 'better-auth'
import { Pool } from 'pg'
import { authSettings, resetMinutes } from './auth-settings.server.ts'
import { databaseUrl } from './database-urls.server.ts'
import { newId } from './id.ts'
import { log } from './log.server.ts'
import { hashPassword, verifyPassword } from './passwords.server.ts'

/** Who signs in: `id` is person.id. */
export type Login = { id: string; email: string; name: string }
/** One place where somebody is signed in. */
export type Session = {
  id: string
  personId: string
  signedInAt: Date
  expiresAt: Date
  userAgent: string | null
  /** More than a password opened it: a code, a trusted browser, a passkey. */
  strong: boolean
}
/** Cookies to send with the answer, as complete `Set-Cookie` values. */
export type Cookies = readonly string[]

function open() {
  const connectionString = databaseUrl('auth')
  const pool = new Pool({
    connectionString,
    max: 5,
    connectionTimeoutMillis: 8_000,
    options: '-c search_path=caveat_auth',
  })
  pool.on('error', (error) => log.error({ err: error }, 'an idle sign-in connection broke'))
  // Broken at work it fails its statement; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { connectionString, pool, auth: betterAuth(authSettings(pool)) }
}

let opened: ReturnType<typeof open> | undefined

/** better-auth itself, for the files beside this one that know second factors and passkeys. */
export function door(): ReturnType<typeof open> {
  opened ??= open()
  return opened
}

/** The pool of role caveat_auth, for the rate limits that lie beside the logins. */
export function authPool(): Pool {
  return door().pool
}

/** Closes the sign-in connections: at the end of a process or a test. */
export async function closeAuth(): Promise<void> {
  const closing = opened
  opened = undefined
  await closing?.pool.end()
}

async function tables() {
  return (await door().auth.$context).internalAdapter
}

/** The login of this address, small letters, or undefined. */
export async function findLogin(email: string): Promise<Login | undefined> {
  const found = await (await tables()).findUserByEmail(email)
  return found ? { id: found.user.id, email: found.user.email, name: found.user.name } : undefined
}

/** The login of this person, or undefined. */
export async function findLoginById(personId: string): Promise<Login | undefined> {
  const user = await (await tables()).findUserById(personId)
  return user ? { id: user.id, email: user.email, name: user.name } : undefined
}

/**
 * Makes a login whose address somebody has proved, or nothing when the address has one already.
 *
 * @param passwordHash of `hashPassword`; absent: the person sets a password by mail first
 */
export async function createLogin(login: Login & { passwordHash?: string }): Promise<{ created: boolean }> {
  const client = await door().pool.connect()
  try {
    await client.query('begin')
    const made = await client.query(
      'insert into "user" (id, name, email, email_verified) values ($1, $2, $3, true) on conflict (email) do nothing',
      [login.id, login.name, login.email],
    )
    if (made.rowCount === 1) {
      await client.query(
        `insert into account (id, user_id, provider_id, account_id, password) values ($1, $2, 'credential', $3, $4)`,
        [newId(), login.id, login.id, login.passwordHash ?? null],
      )
    }
    await client.query('commit')
    return { created: made.rowCount === 1 }
  } catch (error) {
    await client.query('rollback')
    throw new Error('Making a login failed', { cause: error })
  } finally {
    client.release()
  }
}

/** Removes a login with everything that opens it: sessions, password, code app, passkeys, links that were mailed. */
export async function eraseLogin(personId: string): Promise<void> {
  const client = await door().pool.connect()
  try {
    await client.query('begin')
    // Links keep whom they are for as an id, as JSON with the id, or, before there is a person, with the address.
    await client.query(
      `delete from verification v using "user" u where u.id = $1
         and (v.value = u.id::text or position(u.id::text in v.value) > 0 or position(to_json(u.email)::text in v.value) > 0)`,
      [personId],
    )
    await client.query('delete from "user" where id = $1', [personId])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error('Removing a login failed', { cause: error })
  } finally {
    client.release()
  }
}

/** The name that sign-in knows follows the person's own change. */
export async function renameLogin(personId: string, name: string): Promise<void> {
  await (await tables()).updateUser(personId, { name })
}

/** What comes of a right password: a session, or the question for a second factor, which the cookies carry on. */
export type SignedIn =
  | { open: true; personId: string; name: string; cookies: Cookies }
  | { open: false; cookies: Cookies }

/**
 * Opens a session when address and password fit; says nothing about which of the two did not. Who has a second factor
 * is asked for it first, unless this browser was trusted.
 */
export async function signIn(who: {
  email: string
  password: string
  headers: Headers
}): Promise<SignedIn | undefined> {
  try {
    const { headers, response } = await door().auth.api.signInEmail({
      body: { email: who.email, password: who.password },
      headers: browserOf(who.headers),
      returnHeaders: true,
    })
    const cookies = headers.getSetCookie()
    if ('twoFactorRedirect' in response) return { open: false, cookies }
    const { user, token } = response
    await door().pool.query(
      'update session s set strong = true from "user" u where s.token = $1 and u.id = s.user_id and u.two_factor_enabled',
      [token],
    )
    return { open: true, personId: user.id, name: user.name, cookies }
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return undefined
    throw new Error('Signing in failed', { cause: error })
  }
}

/** The session of a request's cookie with its login, or undefined. */
export async function findSession(headers: Headers): Promise<{ session: Session; login: Login } | undefined> {
  const read = () => door().auth.api.getSession({ headers })
  // better-auth hides why it failed: a database that is out says so itself, and any other cause shows itself again.
  const found = await read().catch(() => authPool().query('select 1').then(read))
  if (!found) return undefined
  const { session, user } = found
  return { session: toSession(session), login: { id: user.id, email: user.email, name: user.name } }
}

/** Ends the session of this request; the cookies make the browser forget it. */
export async function signOut(headers: Headers): Promise<Cookies> {
  const answer = await door().auth.api.signOut({ headers, returnHeaders: true })
  return answer.headers.getSetCookie()
}

/** Where this person is signed in now, newest first. */
export async function findSessions(personId: string): Promise<Session[]> {
  const sessions = await (await tables()).listSessions(personId, { onlyActiveSessions: true })
  return sessions.map(toSession).toSorted((a, b) => b.signedInAt.getTime() - a.signedInAt.getTime())
}

/** Ends every session of a person, but the one to keep. */
export async function endSessions(personId: string, keepSessionId?: string): Promise<void> {
  await door().pool.query('delete from session where user_id = $1 and id is distinct from $2', [
    personId,
    keepSessionId ?? null,
  ])
}

/** Ends one session of this very person; nobody else's. */
export async function endSession(personId: string, sessionId: string): Promise<{ ended: boolean }> {
  const { rowCount } = await door().pool.query('delete from session where user_id = $1 and id = $2', [
    personId,
    sessionId,
  ])
  return { ended: rowCount === 1 }
}

/** Forgets the browsers that a person trusted, and every link and question about signing in that is open. */
export async function forgetTrust(personId: string): Promise<void> {
  await door().pool.query('delete from verification where value = $1', [personId])
}

/** Whether this is the person's password now. */
export async function isPasswordOf(personId: string, password: string): Promise<boolean> {
  const account = await (await tables()).findCredentialAccount(personId)
  return account?.password ? verifyPassword(account.password, password) : false
}

/** Gives a signed-in person another password. Every session but this one ends, and every link that would set a third one. */
export async function changePassword(change: {
  personId: string
  password: string
  keepSessionId: string
}): Promise<void> {
  await (await tables()).updatePassword(change.personId, await hashPassword(change.password))
  await endSessions(change.personId, change.keepSessionId)
  await forgetTrust(change.personId)
}

/** A token with which this person may set a new password once. Of a person without a login it sets nothing. */
export const createResetToken = (personId: string) => keepUnderToken('reset-password', personId, resetMinutes)

/** Whose password a token would still set; looking uses nothing up. */
export async function findResetLogin(token: string): Promise<Login | undefined> {
  const found = await (await tables()).findVerificationValue(`reset-password:${token}`)
  return found !== null && found.expiresAt.getTime() > Date.now() ? findLoginById(found.value) : undefined
}

/** Sets the password, uses the token up and ends every session. */
export async function resetPassword(token: string, password: string): Promise<{ reset: boolean }> {
  try {
    await door().auth.api.resetPassword({ body: { token, newPassword: password } })
    return { reset: true }
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return { reset: false }
    throw new Error('Setting a new password failed', { cause: error })
  }
}

/** Keeps `value` for whoever brings the token back in time. Only a hash of the token is stored. */
export async function keepUnderToken(purpose: string, value: string, minutes: number): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(Date.now() + minutes * 60_000)
  await (await tables()).createVerificationValue({ identifier: `${purpose}:${token}`, value, expiresAt })
  return token
}

/** What was kept under a token that is still good; looking uses nothing up. */
export async function findUnderToken(purpose: string, token: string): Promise<string | undefined> {
  const found = await (await tables()).findVerificationValue(`${purpose}:${token}`)
  return found && found.expiresAt.getTime() > Date.now() ? found.value : undefined
}

/** Uses a token up; of many who try at once, one gets the value. */
export async function takeUnderToken(purpose: string, token: string): Promise<string | undefined> {
  return (await (await tables()).consumeVerificationValue(`${purpose}:${token}`))?.value
}

/** Deletes sessions and tokens that are past their time. */
export async function forgetExpired(): Promise<void> {
  await door().pool.query('delete from session where expires_at < now()')
  await door().pool.query('delete from verification where expires_at < now()')
}

/** The form in which any token may be stored: SHA-256, base64url. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Of a request, better-auth needs the browser's name, for the list of sessions, and what our cookies hold. */
export function browserOf(headers: Headers): Headers {
  const known = new Headers({ 'user-agent': (headers.get('user-agent') ?? '').slice(0, 300) })
  const cookie = headers.get('cookie')
  if (cookie !== null) known.set('cookie', cookie)
  return known
}

function toSession(row: {
  id: string
  userId: string
  createdAt: Date
  expiresAt: Date
  userAgent?: string | null | undefined
  strong?: boolean | null | undefined
}): Session {
  return {
    id: row.id,
    personId: row.userId,
    signedInAt: row.createdAt,
    expiresAt: row.expiresAt,
    userAgent: row.userAgent ?? null,
    strong: row.strong === true,
  }
}
