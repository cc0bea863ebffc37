import type pg from 'pg'
import type { Member, Viewer } from '#app/accounts/viewer.server.ts'
import type { Role } from '#app/accounts/roles.ts'

type Somebody = { id: string; email: string; name: string }

/** A person as the session would show them, without any organisation. */
export function viewerOf(person: Somebody): Viewer {
  return {
    personId: person.id,
    sessionId: person.id,
    signedInAt: new Date(),
    strong: false,
    name: person.name,
    nameOther: null,
    email: person.email,
    locale: 'en',
    timeZone: 'UTC',
    theme: null,
    shortcuts: true,
    isDemo: false,
    memberships: [],
  }
}

/** A person acting for an organisation. The role is what their page believes; the database may know better. */
export function memberOf(
  person: Somebody,
  organisation: { id: string; name: string; slug: string },
  {
    role = 'owner',
    kind = 'rights_holder',
  }: { role?: Role; kind?: 'rights_holder' | 'vendor' | 'association' | 'operator' } = {},
): Member {
  const own = {
    ...organisation,
    kind,
    nameOther: null,
    role,
    verified: true,
    isDemo: false,
    timeZone: 'Asia/Tokyo',
    secondFactor: false,
    closesAt: null,
  }
  return { ...viewerOf(person), memberships: [own], organisation: own }
}

/** A mail that is owed about an account. */
export type AccountDuty = { kind: string; address: string; locale: string; facts: { url: string; name: string | null } }

/** Every mail that is owed without a notice, oldest first. */
export async function accountDuties(owner: pg.Pool): Promise<AccountDuty[]> {
  const { rows } = await owner.query<AccountDuty>(
    'select kind, address, locale, facts from mail_duty where notice_id is null order by id',
  )
  return rows
}

/** The token in a mailed link, as query or as last part of the path. */
export function tokenIn(duty: AccountDuty | undefined): string {
  const url = duty?.facts.url ?? ''
  return new URL(url).searchParams.get('token') ?? url.split('/').at(-1) ?? ''
}

/** What a browser sends back of the first cookie it was given. */
export function cookieHeader(cookies: readonly string[]): Headers {
  return new Headers({ cookie: cookies[0]?.split(';')[0] ?? '' })
}
