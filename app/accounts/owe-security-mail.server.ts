import { keepUnderToken } from '#app/platform/auth.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'

import { browserName } from './browser-name.ts'
import { oweAccountMail } from './owe-account-mail.server.ts'
import { notMeHours, type Undo } from './not-me.ts'
import { recordOwnAudit } from './record-audit.server.ts'

type Somebody = { id: string; email: string; name: string }

/** What about an account changed; each has its own sentence in the mail. */
export type AccountChange =
  | 'password'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'recovery-codes-renewed'
  | 'recovery-code-used'
  | 'passkey-added'
  | 'passkey-removed'

/** Tells somebody that they, or somebody else, signed in from a browser that was new to the account. */
export async function oweSignInMail(person: Somebody, headers: Headers): Promise<void> {
  const facts = await factsOf(person, headers, null)
  await withPerson(person.id, (tx) => owe(tx, person, 'new-sign-in', facts))
}

type Change<T> = {
  person: Somebody
  headers: Headers
  what: AccountChange
  /** Which passkey it is about. */
  item?: string
  act: () => Promise<T>
  /** Whether the act did something that the person is to be told of, and what would take it back. */
  told: (done: T) => { undo: Undo | null } | undefined
}

/**
 * Changes how somebody signs in, and tells them by mail. Logins lie outside of what the mail's transaction can reach,
 * so that is opened before the act: a mail that cannot be owed stops the act.
 */
export async function changeAndTell<T>({ person, headers, what, item, act, told }: Change<T>): Promise<T> {
  return withPerson(person.id, async (tx) => {
    const done = await act()
    const tell = told(done)
    if (tell === undefined) return done
    await recordOwnAudit(tx, { personId: person.id, kind: what === 'password' ? 'password-changed' : what })
    const facts = await factsOf(person, headers, tell.undo)
    await owe(tx, person, 'account-changed', { ...facts, what, item: item ?? null })
    return done
  })
}

async function factsOf(person: Somebody, headers: Headers, undo: Undo | null) {
  const token = await keepUnderToken('not me', JSON.stringify({ personId: person.id, undo }), notMeHours * 60)
  return {
    name: person.name,
    at: now().toISOString(),
    browser: browserName(headers.get('user-agent')) ?? null,
    url: `${env().BASE_URL}/not-me?token=${token}`,
    hours: notMeHours,
  }
}

async function owe(
  tx: Transaction,
  person: Somebody,
  kind: 'new-sign-in' | 'account-changed',
  facts: Record<string, string | number | null>,
): Promise<void> {
  const found = await tx.person.findUnique({ where: { id: person.id }, select: { locale: true, timeZone: true } })
  const locale = found?.locale === 'ja' ? 'ja' : 'en'
  await oweAccountMail(tx, {
    kind,
    address: person.email,
    locale,
    facts: { ...facts, zone: found?.timeZone ?? 'UTC' },
  })
}
