import { endSession, findSession } from './auth.server.ts'

/**
 * Ends the session that a browser brought along to a sign-in, whosever it was: it goes on under the new one alone, and a
 * cookie that somebody else put there opens nothing any more.
 *
 * @param headers of the request that signed in, with the cookies from before
 * @see OWASP ASVS 5.0, 7.2.4
 */
export async function endEarlierSession(headers: Headers): Promise<void> {
  const earlier = await findSession(headers)
  if (earlier !== undefined) await endSession(earlier.login.id, earlier.session.id)
}
