import { isIP } from 'node:net'
import { APIError } from 'better-auth'
import { browserOf, door, type Cookies } from './auth.server.ts'
import { env } from './env.server.ts'

/** One passkey of a person, as they named it. */
export type Passkey = { id: string; name: string; addedAt: Date; synced: boolean }
/** What a browser is asked, as JSON for its script, with the cookie that belongs to the question. */
export type PasskeyQuestion = { options: unknown; cookies: Cookies }

/** Whether passkeys can be used at all: browsers tie them to a name, never to a numeric address. */
export function arePasskeysPossible(): boolean {
  const { hostname } = new URL(env().BASE_URL)
  return isIP(hostname.replaceAll(/[[\]]/g, '')) === 0
}

/** The passkeys of a person, oldest first. */
export async function findPasskeys(personId: string): Promise<Passkey[]> {
  const { rows } = await door().pool.query<Passkey>(
    `select id, coalesce(name, '') as name, coalesce(created_at, now()) as "addedAt", backed_up as synced
     from passkey where user_id = $1 order by created_at, id limit 50`,
    [personId],
  )
  return rows
}

/** Asks the browser of somebody freshly signed in for a new passkey. */
export async function askForNewPasskey(headers: Headers): Promise<PasskeyQuestion | undefined> {
  return answered('Asking for a new passkey failed', async () => {
    const { response, headers: answer } = await door().auth.api.generatePasskeyRegistrationOptions({
      headers: browserOf(headers),
      returnHeaders: true,
    })
    return { options: response, cookies: answer.getSetCookie() }
  })
}

/** Keeps the passkey that a browser made, once. */
export async function addPasskey(
  headers: Headers,
  made: { response: unknown; name: string },
): Promise<{ id: string } | undefined> {
  return answered('Adding a passkey failed', async () => {
    const kept = await door().auth.api.verifyPasskeyRegistration({ body: made, headers: browserOf(headers) })
    return { id: kept.id }
  })
}

/** What a browser's passkey answers, as its script sends it on. */
export type PasskeyAnswer = NonNullable<
  Parameters<ReturnType<typeof door>['auth']['api']['verifyPasskeyAuthentication']>[0]
>['body']['response']

/** Asks a browser for a passkey of whoever sits before it: nobody is named. */
export async function askForPasskey(): Promise<PasskeyQuestion> {
  const { response, headers } = await door().auth.api.generatePasskeyAuthenticationOptions({
    headers: new Headers(),
    returnHeaders: true,
  })
  return { options: { ...response, userVerification: 'required' }, cookies: headers.getSetCookie() }
}

/** Opens a session for whose passkey answered; says nothing about why it does not. */
export async function signInByPasskey(
  headers: Headers,
  response: PasskeyAnswer,
): Promise<{ login: { id: string; email: string; name: string }; cookies: Cookies } | undefined> {
  return answered('Signing in by passkey failed', async () => {
    const answer = await door().auth.api.verifyPasskeyAuthentication({
      body: { response },
      headers: browserOf(headers),
      returnHeaders: true,
    })
    const { session, user } = answer.response
    await door().pool.query('update session set strong = true where id = $1', [session.id])
    return { login: { id: user.id, email: user.email, name: user.name }, cookies: answer.headers.getSetCookie() }
  })
}

/** Gives one of a person's passkeys another name. */
export async function renamePasskey(personId: string, passkeyId: string, name: string): Promise<{ renamed: boolean }> {
  const { rowCount } = await door().pool.query('update passkey set name = $3 where user_id = $1 and id = $2', [
    personId,
    passkeyId,
    name,
  ])
  return { renamed: rowCount === 1 }
}

/** Removes one of a person's passkeys, and says which it was. */
export async function removePasskey(personId: string, passkeyId: string): Promise<{ name: string } | undefined> {
  const { rows } = await door().pool.query<{ name: string }>(
    `delete from passkey where user_id = $1 and id = $2 returning coalesce(name, '') as name`,
    [personId, passkeyId],
  )
  return rows[0]
}

async function answered<T>(what: string, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    // better-auth calls an answer that it cannot read a failure of its own.
    if (error instanceof APIError && (error.statusCode < 500 || error.body?.code === 'FAILED_TO_VERIFY_REGISTRATION'))
      return undefined
    throw new Error(what, { cause: error })
  }
}
