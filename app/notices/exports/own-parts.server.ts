import { Prisma } from '#app/generated/prisma/client.ts'
import type { ZipPart } from '#app/platform/zip-stream.server.ts'
import { atOnce, ofOrganisation, pages, type ExportOf } from './export-pages.server.ts'

// Each answers the `id` and the `line` of its rows behind an id, in the order of their ids.
const lists: Readonly<Record<string, (organisationId: string, after: string | null) => Prisma.Sql>> = {
  conversations: (of, after) => Prisma.sql`
    select m.id, to_jsonb(m) - 'notice_id' || jsonb_build_object('notice', n.reference) as line
    from notice_message m join notice n on n.id = m.notice_id where ${ofOrganisation(of)} and ${behind('m', after)}`,
  drafts: (of, after) => Prisma.sql`
    select d.id, to_jsonb(d) as line from filing_draft d where d.organisation_id = ${of}::uuid and ${behind('d', after)}`,
  notes: (of, after) => Prisma.sql`
    select x.id, to_jsonb(x) - 'notice_id' || jsonb_build_object('notice', n.reference) as line
    from notice_note x join notice n on n.id = x.notice_id where x.organisation_id = ${of}::uuid and ${behind('x', after)}`,
  tags: (of, after) => Prisma.sql`
    select n.id, jsonb_build_object('notice', n.reference, 'tags', (select jsonb_agg(t.tag order by t.tag) from notice_tag t
      where t.notice_id = n.id and t.organisation_id = ${of}::uuid)) as line
    from notice n where n.id in (select t.notice_id from notice_tag t where t.organisation_id = ${of}::uuid) and ${behind('n', after)}`,
  record: (of, after) => Prisma.sql`
    select e.id, to_jsonb(e) as line from audit_entry e where e.organisation_id = ${of}::uuid and ${behind('e', after)}`,
}

/** How many files there are of these. */
export const ownLists = Object.keys(lists).length

/** What an organisation wrote and kept beside its notices, as JSON lines: conversations, drafts, notes, tags, and the record of its owners. */
export function* ownParts({ personId, organisationId }: ExportOf): Generator<ZipPart> {
  for (const [name, list] of Object.entries(lists))
    yield { name: `${name}.jsonl`, text: lines(personId, (after) => list(organisationId, after)) }
}

async function* lines(personId: string, list: (after: string | null) => Prisma.Sql): AsyncGenerator<string> {
  const rows = pages(
    personId,
    (tx, after) => tx.$queryRaw<{ id: string; line: unknown }[]>`${list(after)} order by 1 limit ${atOnce}`,
  )
  for await (const { line } of rows) yield `${JSON.stringify(line)}\n`
}

function behind(table: string, after: string | null): Prisma.Sql {
  return after === null ? Prisma.sql`true` : Prisma.sql`${Prisma.raw(table)}.id > ${after}::uuid`
}
