import { newId } from '#app/platform/id.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'

import type { DirectoryEntry } from './directory.ts'

/** What a run of `seedDirectory` did. */
export type SeedResult = { vendors: number; added: number; changed: number; retired: number }

/**
 * Brings the directory to what the entries say, and may be run again at any time: entries are matched by slug, facts by
 * kind and value. What the operator added or took out stays as it is; a fact that a former run made and the entries no
 * longer hold is retired. Contacts are not touched.
 *
 * @param tx of a role that may write the directory
 */
export async function seedDirectory(tx: Transaction, entries: readonly DirectoryEntry[]): Promise<SeedResult> {
  const at = now()
  await upsertVendors(tx, entries, at)
  const facts = JSON.stringify(
    entries.flatMap(({ slug, facts: own }) =>
      own.map(({ kind, value, note, source }) => ({
        id: newId(),
        slug,
        kind,
        value,
        note,
        url: source?.url ?? null,
        on: source?.on ?? null,
      })),
    ),
  )
  const retired = await tx.$executeRaw`
    update vendor_fact f set retired_at = ${at}
    from vendor v
    where v.id = f.vendor_id and f.added_by is null and f.retired_at is null
      and v.slug in (select slug from jsonb_to_recordset(${JSON.stringify(entries.map(({ slug }) => ({ slug })))}::jsonb) as e(slug text))
      and not exists (
        select 1 from jsonb_to_recordset(${facts}::jsonb) as n(slug text, kind text, value text)
        where n.slug = v.slug and n.kind = f.kind and n.value = f.value)`
  const changed = await tx.$executeRaw`
    update vendor_fact f set note = n.note, source_url = n.url, source_on = n."on"
    from jsonb_to_recordset(${facts}::jsonb) as n(slug text, kind text, value text, note text, url text, "on" date)
    join vendor v on v.slug = n.slug
    where f.vendor_id = v.id and f.kind = n.kind and f.value = n.value and f.added_by is null and f.retired_at is null
      and (f.note, f.source_url, f.source_on) is distinct from (n.note, n.url, n."on")`
  const added = await tx.$executeRaw`
    insert into vendor_fact (id, vendor_id, kind, value, note, source_url, source_on, created_at)
    select n.id, v.id, n.kind, n.value, n.note, n.url, n."on", ${at}
    from jsonb_to_recordset(${facts}::jsonb)
      as n(id uuid, slug text, kind text, value text, note text, url text, "on" date)
    join vendor v on v.slug = n.slug
    where not exists (select 1 from vendor_fact f where f.vendor_id = v.id and f.kind = n.kind and f.value = n.value)`
  return { vendors: entries.length, added, changed, retired }
}

async function upsertVendors(tx: Transaction, entries: readonly DirectoryEntry[], at: Date): Promise<void> {
  const rows = JSON.stringify(entries.map(({ slug, name, nameOther }) => ({ id: newId(), slug, name, nameOther })))
  await tx.$executeRaw`
    insert into vendor (id, slug, name, name_other, is_invented, created_at, updated_at)
    select e.id, e.slug, e.name, e."nameOther", false, ${at}, ${at}
    from jsonb_to_recordset(${rows}::jsonb) as e(id uuid, slug text, name text, "nameOther" text)
    on conflict (slug) do nothing`
}
