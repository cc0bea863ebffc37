import type { Member } from '#app/accounts/viewer.server.ts'
import { withWorker } from '#app/platform/db.server.ts'

/** A person of the story acting for an organisation of theirs, the first if none is named, as a signed-in viewer would. */
export async function memberOf(email: string, slug?: string): Promise<Member> {
  const person = await withWorker((tx) =>
    tx.person.findUniqueOrThrow({ where: { email }, include: { memberships: { include: { organisation: true } } } }),
  )
  const { memberships } = person
  const membership = memberships.find(({ organisation: each }) => slug === undefined || each.slug === slug)
  if (membership === undefined) throw new Error(`${email} belongs to no organisation ${slug ?? ''}`)
  const { organisation } = membership
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the database's CHECKs hold these columns to the closed sets that the types name
  const belonging = {
    id: organisation.id,
    kind: organisation.kind,
    slug: organisation.slug,
    name: organisation.name,
    nameOther: organisation.nameOther,
    role: membership.role,
    verified: organisation.verifiedAt !== null,
    isDemo: organisation.isDemo,
    timeZone: organisation.timeZone,
    secondFactor: organisation.secondFactor,
  } as Member['organisation']
  return {
    personId: person.id,
    sessionId: '',
    signedInAt: organisation.createdAt,
    strong: false,
    name: person.name,
    nameOther: person.nameOther,
    email: person.email,
    locale: person.locale === 'ja' ? 'ja' : 'en',
    timeZone: person.timeZone,
    theme: null,
    shortcuts: true,
    isDemo: person.isDemo,
    memberships: [belonging],
    organisation: belonging,
  }
}
