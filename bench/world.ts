import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Member } from '#app/accounts/viewer.server.ts'
import { createPerson } from '#app/accounts/create-person.server.ts'
import { closeAuth } from '#app/platform/auth.server.ts'
import { createDatabase, startCluster } from '#app/platform/cluster.server.ts'
import { databaseUrl } from '#app/platform/database-urls.server.ts'
import { closeDatabase } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { migrate } from '#prisma/migrate.ts'
import { file } from '#prisma/story/file.ts'
import { memberOf } from '#prisma/story/member.ts'
import { aCatalogue, anOrganisation, insert } from '#test/builders.ts'

/** A portal to measure: its own durable database, a holder with a catalogue, and vendors with contacts. */
export type World = {
  owner: pg.Pool
  member: Member
  catalogue: { id: string; version: number }
  vendorIds: string[]
  close: () => Promise<void>
}

/** The password of the person who is measured with. */
export const benchPassword = 'a password for the bench'
/** The address of the person who is measured with. */
export const benchEmail = 'bench@example.test'

/** An empty, migrated portal on a durable database of its own. */
export type Ground = {
  owner: pg.Pool
  /** A connection that may do anything, for filling in bulk. */
  adminUrl: string
  /** The environment of a process that is to run on it. */
  env: NodeJS.ProcessEnv
  /** Ends this process's connections; the database runs on. */
  leave: () => Promise<void>
  close: () => Promise<void>
}

/**
 * Starts a portal's database and points this process at it.
 *
 * @param kept a folder that outlives the run; without it the database is thrown away when it closes
 */
export async function openGround(kept?: string): Promise<Ground> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'caveat-bench-'))
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  const cluster = await startCluster(join(folder, 'postgres'))
  const url = await createDatabase(cluster.adminUrl, 'caveat')
  Object.assign(process.env, {
    DATABASE_URL: url,
    DATA_DIR: folder,
    SECRET_KEY: 'a secret that only benches use, 0123456789',
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
    CAVEAT_DEMO: 'true',
  })
  forgetEnvironment()
  await migrate(url)
  const owner = new pg.Pool({ connectionString: databaseUrl('owner'), max: 4 })
  owner.on('error', () => undefined)
  const leave = async () => {
    await Promise.all([closeDatabase(), closeAuth()])
    if (!owner.ended) await owner.end()
  }
  return {
    owner,
    adminUrl: url,
    env: { ...process.env },
    leave,
    close: async () => {
      await leave()
      await cluster.stop()
      if (kept === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A portal that is kept from one run to the next, and filled when it is not there.
 *
 * @param folder what was left in it half filled is thrown away
 */
export async function keptGround(folder: string, fill: (ground: Ground) => Promise<void>): Promise<Ground> {
  const mark = join(folder, 'seeded')
  const found = existsSync(mark)
  if (!found) rmSync(folder, { recursive: true, force: true })
  const ground = await openGround(folder)
  if (found) return ground
  await fill(ground)
  writeFileSync(mark, new Date().toISOString())
  return ground
}

/** Makes a world with so many vendors and works. */
export async function makeWorld(wanted: { vendors: number; works: number }): Promise<World> {
  const ground = await openGround()
  return { ...(await fillWorld(ground, wanted)), close: ground.close }
}

/** Fills an empty portal with a holder, a catalogue and vendors. */
export async function fillWorld(
  { owner }: Pick<Ground, 'owner'>,
  { vendors, works }: { vendors: number; works: number },
): Promise<Omit<World, 'close'>> {
  const organisation = await anOrganisation(owner, 'rights_holder', { undo_minutes: 0 })
  const made = await createPerson({
    email: benchEmail,
    name: 'Bench Person',
    locale: 'en',
    timeZone: 'Asia/Tokyo',
    password: benchPassword,
  })
  if (!made.created) throw new Error('The bench person is there already')
  await insert(owner, 'membership', {
    id: newId(),
    person_id: made.personId,
    organisation_id: organisation.id,
    role: 'owner',
    created_at: new Date(),
  })
  const catalogue = await aCatalogue(owner, organisation.id, { works })
  const vendorIds: string[] = []
  for (let index = 0; index < vendors; index += 1) vendorIds.push(await addVendor(owner, index))
  await owner.query('analyze')
  return { owner, member: await memberOf(benchEmail), catalogue, vendorIds }
}

/** Files with all vendors so many times, each time for works of their own: what is asked already is not asked again. */
export async function fileRounds(
  { owner, member, vendorIds }: Pick<World, 'owner' | 'member' | 'vendorIds'>,
  rounds: number,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const catalogue = await aCatalogue(owner, member.organisation.id, { works: 200 })
    await file(member, { vendorIds, catalogue, capacity: 'general counsel' })
  }
}

async function addVendor(owner: pg.Pool, index: number): Promise<string> {
  const id = newId()
  const at = new Date()
  await insert(owner, 'vendor', {
    id,
    slug: `vendor-${index}`,
    name: `Vendor ${index}`,
    is_invented: true,
    created_at: at,
    updated_at: at,
  })
  await insert(owner, 'vendor_contact', {
    id: newId(),
    vendor_id: id,
    purpose: 'legal_notices',
    channel: 'email',
    address: `rights@vendor-${index}.test`,
    country: 'US',
    region: 'CA',
    time_zone: 'America/Los_Angeles',
    verified_at: at,
    verified_how: 'bench',
    created_at: at,
  })
  return id
}
