import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { insert } from '../../test/builders.ts'
import { aMandate } from '../../test/mandates.ts'
import { adminOfPortal } from './portal.ts'

/**
 * Who asks, by the letter that stands for them in route-rules.ts: of the holder the `o`wner, an `e`ditor, an a`p`prover and a
 * `v`iewer; another `h`older's owner; of the vendor of its notice an e`d`itor and a vie`w`er, and the owner of another vendor (`x`);
 * the owners of associations with a mandate to view (`m`), with one to file (`f`), and with none (`a`); the bearer of a `l`ink;
 * an ope`r`ator; `n`obody.
 */
export const actorLetters = ['o', 'e', 'p', 'v', 'h', 'd', 'w', 'x', 'm', 'f', 'a', 'l', 'r', 'n'] as const

/** One of `actorLetters`. */
export type ActorLetter = (typeof actorLetters)[number]

/** An actor and the cookies of the session; none for nobody and for bearers. */
export type Actor = { readonly letter: ActorLetter; readonly cookie: string | null }

const origin = (): string => process.env['CAVEAT_URL'] ?? ''

/** Makes those whom the demo does not have, and signs everybody in. */
export async function openActors(): Promise<readonly Actor[]> {
  const owner = new pg.Pool({ connectionString: await adminOfPortal(), max: 1 })
  try {
    const emails = { ...(await makePeople(owner)), ...demo }
    // All come from one network address.
    await owner.query(`delete from caveat_auth.rate_limit where key like 'sign-in%'`)
    return await Promise.all(
      actorLetters.map(async (letter) => ({
        letter,
        cookie: letter === 'l' || letter === 'n' ? null : await signedIn(emails[letter]),
      })),
    )
  } finally {
    await owner.end()
  }
}

/** The session of an owner of a new association that may look at a member's notices to some vendors. */
export async function openNarrowAssociation(memberId: string, vendors: string[]): Promise<string> {
  const owner = new pg.Pool({ connectionString: await adminOfPortal(), max: 1 })
  try {
    const associationId = await copyOrganisation(owner, 'content-alliance')
    const { rows } = await owner.query('select person_id as id from membership where organisation_id = $1', [memberId])
    await aMandate(owner, { associationId, memberId, acceptedBy: rows[0].id, scopes: ['view'], vendors })
    return await signedIn(await copyPerson(owner, associationId, 'owner'))
  } finally {
    await owner.end()
  }
}

const demo = {
  o: 'studio@demo.test',
  h: 'press@demo.test',
  f: 'association@demo.test',
  r: 'operator@demo.test',
} as const

type Made = Record<Exclude<ActorLetter, keyof typeof demo | 'l' | 'n'>, string>

async function makePeople(owner: pg.Pool): Promise<Made> {
  const [studio, northlight] = await Promise.all(['hoshizora', 'northlight'].map((slug) => idOf(owner, slug)))
  const [vendor, viewing, without] = await Promise.all([
    copyOrganisation(owner, 'northlight'),
    copyOrganisation(owner, 'content-alliance'),
    copyOrganisation(owner, 'content-alliance'),
  ])
  const { rows } = await owner.query(`select id from person where email = 'studio@demo.test'`)
  await aMandate(owner, { associationId: viewing, memberId: studio ?? '', acceptedBy: rows[0].id, scopes: ['view'] })
  return {
    e: await copyPerson(owner, studio ?? '', 'editor'),
    p: await copyPerson(owner, studio ?? '', 'approver'),
    v: await copyPerson(owner, studio ?? '', 'viewer'),
    d: await copyPerson(owner, northlight ?? '', 'editor'),
    w: await copyPerson(owner, northlight ?? '', 'viewer'),
    x: await copyPerson(owner, vendor, 'owner'),
    m: await copyPerson(owner, viewing, 'owner'),
    a: await copyPerson(owner, without, 'owner'),
  }
}

async function idOf(owner: pg.Pool, slug: string): Promise<string> {
  const { rows } = await owner.query('select id from organisation where slug = $1', [slug])
  return rows[0].id
}

async function copyOrganisation(owner: pg.Pool, slug: string): Promise<string> {
  const id = randomUUID()
  const entry = randomUUID()
  await owner.query(
    `insert into organisation select (jsonb_populate_record(o, jsonb_build_object('id', $2::text, 'slug', $2::text, 'name', 'Copy ' || $2::text,
       'domain', $2::text || '.test'))).* from organisation o where slug = $1`,
    [slug, id],
  )
  await owner.query(
    `insert into vendor select (jsonb_populate_record(v, jsonb_build_object('id', $2::text, 'slug', $2::text, 'organisation_id', $3::text))).*
     from vendor v where slug = $1`,
    [slug, entry, id],
  )
  return id
}

// With the password of the demo.
async function copyPerson(owner: pg.Pool, organisationId: string, role: string): Promise<string> {
  const id = randomUUID()
  const email = `${id}@actors.test`
  const own = `jsonb_build_object('id', $1::text, 'email', $2::text, 'name', 'Actor ' || $1::text)`
  const [person, account, user] = ['person', 'caveat_auth.account', 'caveat_auth."user"']
  await owner.query(
    `insert into ${person} select (jsonb_populate_record(t, ${own})).* from person t where email = $3`,
    [id, email, demo.o],
  )
  await owner.query(`insert into ${user} select (jsonb_populate_record(t, ${own})).* from ${user} t where email = $3`, [
    id,
    email,
    demo.o,
  ])
  await owner.query(
    `insert into ${account} select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'user_id', $1::text, 'account_id', $1::text))).*
     from ${account} t join ${user} u on u.id = t.user_id where u.email = $2 and t.provider_id = 'credential'`,
    [id, demo.o],
  )
  await insert(owner, 'membership', {
    id: randomUUID(),
    person_id: id,
    organisation_id: organisationId,
    role,
    created_at: new Date(),
  })
  return email
}

async function signedIn(email: string): Promise<string> {
  const answer = await fetch(`${origin()}/sign-in`, {
    method: 'POST',
    headers: { origin: origin() },
    body: new URLSearchParams({ email, password: 'caveat-demo', next: '/home' }),
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`${email} could not sign in: ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
