import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
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

/** Makes a world with so many vendors and works. */
export async function makeWorld({ vendors, works }: { vendors: number; works: number }): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'caveat-bench-'))
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
  return {
    owner,
    member: await memberOf(benchEmail),
    catalogue,
    vendorIds,
    close: async () => {
      await Promise.all([closeDatabase(), closeAuth(), owner.end()])
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
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
