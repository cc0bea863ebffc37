import { randomBytes } from 'node:crypto'
import { APIError } from 'better-auth'
import { symmetricDecrypt } from 'better-auth/crypto'
import { browserOf, door, endSessions, findSession, forgetTrust, type Cookies } from './auth.server.ts'
import { sign } from './secrets.server.ts'

/** How many recovery codes a person gets at a time. */
export const recoveryCodesCount = 10
// Without the letters that are read as digits: 32 characters, so 12 of them are 60 bits.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** What a person has set up: a code app with so many recovery codes left, or one that waits for its first code. */
export type SecondFactor =
  | { state: 'off' }
  | { state: 'pending'; secret: string }
  | { state: 'on'; recoveryCodesLeft: number }

/** Where a person stands with a code app. The secret is told only until the app's first code was right. */
export async function findSecondFactor(personId: string): Promise<SecondFactor> {
  const { rows } = await door().pool.query<{ secret: string; backup_codes: string; verified: boolean }>(
    'select secret, backup_codes, verified from two_factor where user_id = $1',
    [personId],
  )
  const [row] = rows
  if (row === undefined) return { state: 'off' }
  if (row.verified) return { state: 'on', recoveryCodesLeft: hashesIn(row.backup_codes).length }
  const { secretConfig } = await door().auth.$context
  return { state: 'pending', secret: await symmetricDecrypt({ key: secretConfig, data: row.secret }) }
}

/** Which of these people have a code app or a passkey. */
export async function findProtected(personIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await door().pool.query<{ id: string }>(
    `select id from "user" u where id = any ($1::uuid[])
       and (two_factor_enabled or exists (select from passkey p where p.user_id = u.id))`,
    [personIds],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Makes a secret for a code app; nothing is asked for at sign-in before its first code was right. */
export async function beginSecondFactor(headers: Headers, password: string): Promise<{ begun: boolean }> {
  return answered('Beginning a second factor failed', { begun: false }, async () => {
    await door().auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers: browserOf(headers) })
    return { begun: true }
  })
}

/** Takes a secret back that was never confirmed. */
export async function abandonSecondFactor(personId: string): Promise<void> {
  await door().pool.query('delete from two_factor where user_id = $1 and not verified', [personId])
}

/** Turns the second factor on with the app's first code. The session goes on under new cookies, all others end. */
export async function confirmSecondFactor(
  personId: string,
  headers: Headers,
  code: string,
): Promise<{ on: true; cookies: Cookies; recoveryCodes: readonly string[] } | { on: false }> {
  return answered('Confirming a second factor failed', { on: false } as const, async () => {
    const answer = await door().auth.api.verifyTOTP({
      body: { code },
      headers: browserOf(headers),
      returnHeaders: true,
    })
    const cookies = answer.headers.getSetCookie()
    const now = await findSession(new Headers({ cookie: cookies.map((each) => each.split(';')[0]).join('; ') }))
    await door().pool.query('update session set strong = true where id = $1', [now?.session.id])
    await endSessions(personId, now?.session.id)
    return { on: true, cookies, recoveryCodes: await renewRecoveryCodes(personId) } as const
  })
}

/** Whether the code app of whoever is signed in shows this code now. Asked only of those whose app is on. */
export async function isCodeOfApp(headers: Headers, code: string): Promise<boolean> {
  return answered('Checking a code failed', false, async () => {
    await door().auth.api.verifyTOTP({ body: { code }, headers: browserOf(headers) })
    return true
  })
}

/** Turns the second factor off, forgets the trusted browsers and ends every session but this one. */
export async function endSecondFactor(personId: string, keepSessionId?: string): Promise<void> {
  const client = await door().pool.connect()
  try {
    await client.query('begin')
    await client.query('delete from two_factor where user_id = $1', [personId])
    await client.query('update "user" set two_factor_enabled = false where id = $1', [personId])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error('Turning a second factor off failed', { cause: error })
  } finally {
    client.release()
  }
  await forgetTrust(personId)
  await endSessions(personId, keepSessionId)
}

/** New recovery codes in the place of all before; only keyed hashes of them are kept. */
export async function renewRecoveryCodes(personId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: recoveryCodesCount }, newRecoveryCode)
  await door().pool.query('update two_factor set backup_codes = $2 where user_id = $1 and verified', [
    personId,
    JSON.stringify(codes.map(hashOf)),
  ])
  return codes
}

/** How a person answers the question for a second factor. */
export type SecondAnswer = { kind: 'totp' | 'recovery'; code: string; trust: boolean }
/** What came of it. `asked-anew`: the question has expired or was answered wrongly too often. */
export type Finished =
  | { open: true; login: { id: string; email: string; name: string }; token: string; cookies: Cookies }
  | { open: false; because: 'wrong' | 'locked' | 'asked-anew' }

/** Finishes a sign-in that waits for a second factor. better-auth counts the wrong answers, in the database. */
export async function finishSignIn(headers: Headers, { kind, code, trust }: SecondAnswer): Promise<Finished> {
  const asked = { headers: browserOf(headers), returnHeaders: true } as const
  const { api } = door().auth
  try {
    const answer =
      kind === 'totp'
        ? await api.verifyTOTP({ ...asked, body: { code, trustDevice: trust } })
        : await api.verifyBackupCode({ ...asked, body: { code: hashOf(code), trustDevice: trust } })
    const { user, token } = answer.response
    if (token === undefined) throw new Error('Finishing a sign-in opened no session')
    await door().pool.query('update session set strong = true where token = $1', [token])
    const login = { id: user.id, email: user.email, name: user.name }
    return { open: true, login, token, cookies: answer.headers.getSetCookie() }
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error
    return { open: false, because: refusals[error.body?.code ?? ''] ?? 'wrong' }
  }
}

const refusals: Readonly<Record<string, 'locked' | 'asked-anew'>> = {
  ACCOUNT_TEMPORARILY_LOCKED: 'locked',
  INVALID_TWO_FACTOR_COOKIE: 'asked-anew',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'asked-anew',
}

/** Ends a session by its token: one that should not have been opened. */
export async function endSessionUnder(token: string): Promise<void> {
  await door().pool.query('delete from session where token = $1', [token])
}

/** Like `7k3m-9q2v-x4td`. */
function newRecoveryCode(): string {
  const letters = [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`
}

// Typed by hand: case, spaces and hyphens are forgiven, and the letters that are read as digits.
function hashOf(code: string): string {
  const normal = code
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')
  return sign('recovery code', normal)
}

function hashesIn(text: string): readonly unknown[] {
  const hashes: unknown = JSON.parse(text)
  return Array.isArray(hashes) ? hashes : []
}

async function answered<Yes, No>(what: string, no: No, act: () => Promise<Yes>): Promise<Yes | No> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return no
    throw new Error(what, { cause: error })
  }
}
