import { createLogin, findLogin, type Login } from '#app/platform/auth.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { hashPassword } from '#app/platform/passwords.server.ts'

import type { Locale } from './forms.ts'

type NewPerson = {
  /** Confirmed by its owner, or vouched for by an operator; in small letters. */
  email: string
  name: string
  nameOther?: string | undefined
  locale: Locale
  /** An IANA time zone. */
  timeZone: string
  /** One of the two, or neither: then the person asks for a link to set a password. */
  password?: string
  passwordHash?: string
}

/** Makes a person who can sign in, unless the address belongs to somebody. */
export async function createPerson(
  person: NewPerson,
): Promise<{ created: true; personId: string } | { created: false; because: 'address-taken' }> {
  const passwordHash = person.password === undefined ? person.passwordHash : await hashPassword(person.password)
  const login = { id: newId(), email: person.email, name: person.name }
  const { created } = await createLogin({ ...login, ...(passwordHash === undefined ? {} : { passwordHash }) })
  if (!created) return { created: false, because: 'address-taken' }
  await addPerson(login, person)
  return { created: true, personId: login.id }
}

/**
 * Makes sure that whoever can sign in is a person of the portal too.
 * Logins live under another database role, so a process that dies in between can leave one without the other.
 */
export async function addPerson(
  login: Login,
  { nameOther, locale, timeZone }: { nameOther?: string | undefined; locale: Locale; timeZone: string },
): Promise<void> {
  await withPerson(login.id, (tx) =>
    tx.person.createMany({
      data: [
        {
          id: login.id,
          email: login.email,
          name: login.name,
          nameOther: nameOther ?? null,
          locale,
          timeZone,
          createdAt: now(),
        },
      ],
      skipDuplicates: true,
    }),
  )
}

/** The id of the person with this address, for commands of the operator, or undefined. */
export async function findPersonId(email: string): Promise<string | undefined> {
  return (await findLogin(email))?.id
}
