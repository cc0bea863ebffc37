import { createPerson, findPersonId } from '#app/accounts/create-person.server.ts'
import type { Role } from '#app/accounts/roles.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

/** The password of every demo person; a production start refuses a database that holds them. */
const demoPassword = 'caveat-demo'

type Place = {
  addressLines: string
  locality: string
  postalCode: string
  country: string
  telephone: string
  timeZone: string
  domain: string
}

const tokyo = { country: 'JP', timeZone: 'Asia/Tokyo' }
const california = { country: 'US', timeZone: 'America/Los_Angeles' }

/** The organisations of the story. Every name says that it is a demo. */
const organisations = [
  {
    slug: 'hoshizora',
    kind: 'rights_holder',
    name: 'Hoshizora Animation (demo)',
    nameOther: '星空アニメーション（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '2-4-6 Sakuragaoka',
      locality: 'Nerima, Tokyo',
      postalCode: '176-0001',
      telephone: '+81 3 5555 0101',
      domain: 'hoshizora.test',
    },
  },
  {
    slug: 'lantern',
    kind: 'rights_holder',
    name: 'Lantern Press Photographs (demo)',
    nameOther: 'ランタン写真通信社（デモ）',
    locale: 'en',
    place: {
      country: 'US',
      timeZone: 'America/New_York',
      addressLines: '18 Wylie Avenue',
      locality: 'Pittsburgh, PA',
      postalCode: '15219',
      telephone: '+1 412 555 0188',
      domain: 'lantern.test',
    },
  },
  {
    slug: 'komorebi',
    kind: 'rights_holder',
    name: 'Komorebi Pictures (demo)',
    nameOther: '木漏れ日ピクチャーズ（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '5-1-7 Kichijoji',
      locality: 'Musashino, Tokyo',
      postalCode: '180-0004',
      telephone: '+81 422 55 0107',
      domain: 'komorebi.test',
    },
  },
  {
    slug: 'northlight',
    kind: 'vendor',
    name: 'Northlight AI (demo)',
    nameOther: 'ノースライトAI（デモ）',
    locale: 'en',
    place: {
      ...california,
      addressLines: '500 Example Street',
      locality: 'San Francisco, CA',
      postalCode: '94105',
      telephone: '+1 415 555 0142',
      domain: 'northlight.test',
    },
  },
  {
    slug: 'content-alliance',
    kind: 'association',
    name: 'Content Alliance (demo)',
    nameOther: 'コンテンツ連盟（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '1-1-1 Kanda',
      locality: 'Chiyoda, Tokyo',
      postalCode: '101-0001',
      telephone: '+81 3 5555 0199',
      domain: 'content-alliance.test',
    },
  },
  {
    slug: 'caveat-operator',
    kind: 'operator',
    name: 'Caveat operator (demo)',
    nameOther: 'Caveat運営（デモ）',
    locale: 'en',
    place: {
      ...tokyo,
      addressLines: '3-3-3 Marunouchi',
      locality: 'Chiyoda, Tokyo',
      postalCode: '100-0005',
      telephone: '+81 3 5555 0100',
      domain: 'caveat.test',
    },
  },
] as const satisfies readonly {
  slug: string
  kind: string
  name: string
  nameOther: string
  locale: string
  place: Place
}[]

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
