import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { projectRoot } from '#app/platform/project-root.server.ts'
import { databaseUrl, rolePassword, type Role } from '#app/platform/database-urls.server.ts'

const folder = join(projectRoot, 'prisma/migrations')
const roles = ['owner', 'app', 'worker', 'auth'] as const satisfies readonly Role[]

/**
 * Brings a database to the present schema: makes the four roles, then applies what `prisma/migrations` holds and
 * `_prisma_migrations` lacks, as `caveat_owner`. Safe to run again and beside another process that runs it.
 *
 * @param adminUrl a connection that may create roles
 * @returns the names of the migrations that were applied now
 */
export async function migrate(adminUrl: string): Promise<string[]> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    // One migration at a time per database; the lock is freed when this connection ends.
    await admin.query(`select pg_advisory_lock(hashtext('caveat migrate'))`)
    await makeRoles(admin)
    return await applyMigrations(databaseUrl('owner'))
  } finally {
    await admin.end()
  }
}

async function makeRoles(admin: pg.Client): Promise<void> {
  for (const role of roles) {
    const name = `caveat_${role}`
    const password = admin.escapeLiteral(rolePassword(role))
    await admin.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${name}') then create role ${name}; end if;
    exception when duplicate_object or unique_violation then null; end $$`)
    await admin.query(
      `alter role ${name} with login nosuperuser nobypassrls nocreatedb nocreaterole password ${password}`,
    )
  }
  const { rows } = await admin.query<{ name: string }>('select current_database() as name')
  const database = admin.escapeIdentifier(rows[0]?.name ?? '')
  await admin.query(`grant caveat_owner to current_user`)
  await admin.query(`alter database ${database} owner to caveat_owner`)
  await admin.query(`alter schema public owner to caveat_owner`)
  await admin.query(`revoke all on database ${database} from public`)
  await admin.query(`grant connect on database ${database} to caveat_app, caveat_worker, caveat_auth`)
  await admin.query(`grant temporary on database ${database} to caveat_app, caveat_worker`)
  await admin.query(`alter role caveat_auth set search_path = caveat_auth`)
}

async function applyMigrations(connectionString: string): Promise<string[]> {
  const { engine, close } = await schemaEngine(connectionString)
  const migrationDirectories = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(folder, path, 'migration.sql'), 'utf8') },
      },
    }))
  const lockfile = { path: 'migration_lock.toml', content: readFileSync(join(folder, 'migration_lock.toml'), 'utf8') }
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: { baseDir: folder, lockfile, shadowDbInitScript: '', migrationDirectories },
      filters: { externalTables: [], externalEnums: [] },
    })
    return appliedMigrationNames
  } finally {
    await close()
  }
}

/** Prisma's schema engine as WebAssembly: it needs no binary to be fetched, and keeps `_prisma_migrations` as `prisma migrate deploy` does. */
export async function schemaEngine(connectionString: string) {
  const engine = await loadEngine()
  const schemaFolder = join(projectRoot, 'prisma/schema')
  const datamodels = readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.prisma'))
    .map((name): [string, string] => [`prisma/schema/${name}`, readFileSync(join(schemaFolder, name), 'utf8')])
  const opened: Disposable[] = []
  const factory = wholeScripts(connectionString, (connection) => opened.push(connection))
  return {
    engine: await engine.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory)),
    close: async (): Promise<void> => {
      await Promise.all(opened.map((connection) => connection.dispose()))
    },
  }
}

type Disposable = { dispose: () => Promise<void> }

// The adapter cuts a script at every semicolon, inside function bodies and comments too; the server itself takes it whole.
function wholeScripts(connectionString: string, opened: (connection: Disposable) => void): PrismaPg {
  const factory = new PrismaPg({ connectionString })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const connection = await connect()
    opened(connection)
    connection.executeScript = async (script) => {
      await connection.underlyingDriver().query(script)
    }
    return connection
  }
  return factory
}

let loaded: ReturnType<typeof instantiateEngine> | undefined

function loadEngine(): ReturnType<typeof instantiateEngine> {
  loaded ??= instantiateEngine()
  return loaded
}

async function instantiateEngine() {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const entry = createRequire(join(projectRoot, 'package.json')).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = readFileSync(join(dirname(entry), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine })
  // oxlint-disable-next-line no-underscore-dangle -- the name that wasm-bindgen gives
  engine.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (typeof start === 'function') start()
  return engine
}
