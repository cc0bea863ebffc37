import { createPerson, findPersonId } from '#app/accounts/create-person.server.ts'
import type { Role } from '#app/accounts/roles.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { organisations } from './organisations.ts'

/** The password of every demo person; a production start refuses a database that holds them. */
const demoPassword = 'caveat-demo'

const people = [
  {
    email: 'studio@demo.test',
    name: 'Haruka Mori',
    nameOther: '森 遥',
    organisation: 'hoshizora',
    role: 'owner',
    locale: 'en',
    timeZone: 'Asia/Tokyo',
  },
  {
    email: 'approver@demo.test',
    name: 'Kenji Ono',
    nameOther: '小野 健二',
    organisation: 'hoshizora',
    role: 'approver',
    locale: 'ja',
    timeZone: 'Asia/Tokyo',
  },
  {
    email: 'pictures@demo.test',
    name: 'Naomi Sato',
    nameOther: '佐藤 直美',
    organisation: 'komorebi',
    role: 'owner',
    locale: 'en',
    timeZone: 'Asia/Tokyo',
  },
  {
    email: 'press@demo.test',
    name: 'Ruth Calloway',
    nameOther: null,
    organisation: 'lantern',
    role: 'owner',
    locale: 'en',
    timeZone: 'America/New_York',
  },
  {
    email: 'games@demo.test',
    name: 'Takumi Arai',
    nameOther: '新井 匠',
    organisation: 'kazamidori',
    role: 'owner',
    locale: 'ja',
    timeZone: 'Asia/Tokyo',
  },
  {
    email: 'publishing@demo.test',
    name: 'Mio Kanda',
    nameOther: '神田 澪',
    organisation: 'minamo',
    role: 'owner',
    locale: 'ja',
    timeZone: 'Asia/Tokyo',
  },
  {
    email: 'music@demo.test',
    name: 'Jun Ogata',
    nameOther: '緒方 純',
    organisation: 'yukishiro',
    role: 'owner',
    locale: 'ja',
    timeZone: 'Asia/Tokyo',
  },
  {
    email: 'theatre@demo.test',
    name: 'Shiori Hase',
    nameOther: '長谷 栞',
    organisation: 'akariza',
    role: 'owner',
    locale: 'ja',
    timeZone: 'Asia/Tokyo',
  },
  {
    email: 'vendor@demo.test',
    name: 'Dana Whitfield',
    nameOther: null,
    organisation: 'northlight',
    role: 'owner',
    locale: 'en',
    timeZone: 'America/Los_Angeles',
  },
  {
    email: 'association@demo.test',
    name: 'Aya Kitamura',
    nameOther: '北村 彩',
    organisation: 'content-alliance',
    role: 'owner',
    locale: 'ja',
    timeZone: 'Asia/Tokyo',
  },
  {
    email: 'operator@demo.test',
    name: 'Sam Okafor',
    nameOther: null,
    organisation: 'caveat-operator',
    role: 'owner',
    locale: 'en',
    timeZone: 'Asia/Tokyo',
  },
] as const

// One approver serves two holders, of which the second wants four eyes.
const furtherMemberships = [{ email: 'approver@demo.test', organisation: 'komorebi', role: 'approver' }] as const

/** Makes the organisations and people that are not there yet. */
export async function seedPeople(): Promise<void> {
  const at = now()
  await withWorker((tx) =>
    tx.organisation.createMany({
      data: organisations.map(({ slug, kind, name, nameOther, locale, place }) => ({
        id: newId(),
        slug,
        kind,
        name,
        nameOther,
        locale,
        ...place,
        isDemo: true,
        verifiedAt: at,
        verifiedHow: `domain ${place.domain}`,
        createdAt: at,
      })),
      skipDuplicates: true,
    }),
  )
  for (const { organisation, role, ...person } of people) {
    await createPerson({ ...person, nameOther: person.nameOther ?? undefined, password: demoPassword })
    const personId = await findPersonId(person.email)
    if (personId === undefined) throw new Error(`The demo person ${person.email} was not made`)
    await withWorker((tx) => tx.person.update({ where: { id: personId }, data: { isDemo: true } }))
    await join({ email: person.email, organisation, role })
  }
  for (const membership of furtherMemberships) await join(membership)
}

async function join({ email, organisation, role }: { email: string; organisation: string; role: Role }): Promise<void> {
  await withWorker(async (tx) => {
    const person = await tx.person.findUniqueOrThrow({ where: { email }, select: { id: true } })
    const { id: organisationId } = await tx.organisation.findUniqueOrThrow({
      where: { slug: organisation },
      select: { id: true },
    })
    await tx.membership.createMany({
      data: [{ id: newId(), personId: person.id, organisationId, role, createdAt: now() }],
      skipDuplicates: true,
    })
  })
}
