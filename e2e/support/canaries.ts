import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { columnVerdicts } from '../../test/column-verdicts.ts'
import { adminOfPortal, sql } from './portal.ts'

/** A word that stands nowhere but in one column, whose it is, and the addresses that may be told of it. */
export interface Canary {
  readonly column: string
  readonly word: string
  readonly whose: 'own' | 'run' | 'never'
  readonly readers: readonly string[]
}

// `own` where the column is both sides', but not in these rows.
type Plant = { readonly column: string; readonly sql: string; readonly whose?: 'own' }

const ofStudio = 'organisation_id = $1'
const ofItsNotices = 'notice_id in (select id from notice where holder_organisation_id = $1)'
const inJson = (column: string, path: string) => `${column} = jsonb_set(${column}, '{${path}}', to_jsonb($2::text))`

// Where a column holds more than free text, the word stands where a person types.
const plants: readonly Plant[] = [
  { column: 'catalogue_import.file_name', sql: `update catalogue_import set file_name = $2 where ${ofStudio}` },
  { column: 'catalogue_import.failure', sql: `update catalogue_import set failure = $2 where ${ofStudio}` },
  { column: 'catalogue_import.sheet', sql: `update catalogue_import set sheet = $2 where ${ofStudio}` },
  {
    column: 'catalogue_import.preview',
    sql: `update catalogue_import set ${inJson('preview', 'columns,0,sample')} where ${ofStudio} and preview is not null`,
  },
  {
    column: 'catalogue_import.mapping',
    sql: `update catalogue_import set ${inJson('mapping', 'columns,0,header')} where ${ofStudio} and mapping is not null`,
  },
  {
    column: 'catalogue_version.source_name',
    sql: 'update catalogue_version set source_name = $2 where catalogue_id in (select id from catalogue where organisation_id = $1)',
  },
  { column: 'contact_suggestion.source', sql: `update contact_suggestion set source = $2 where ${ofStudio}` },
  {
    column: 'evidence.name',
    sql: `update evidence e set name = $2, search_text = $2 where ${ofStudio} and not exists (select from evidence_notice u where u.shared_id = e.id)`,
  },
  {
    column: 'evidence.capture',
    sql: `update evidence e set ${inJson('capture', 'prompt')} where ${ofStudio} and not exists (select from evidence_notice u where u.shared_id = e.id)`,
  },
  { column: 'evidence_upload.name', sql: `update evidence_upload set name = $2 where ${ofStudio}` },
  {
    column: 'filing_private.returned_note',
    sql: `insert into filing_private select id, filed_by_organisation_id, $2 from filing where filed_by_organisation_id = $1
      on conflict (filing_id) do update set returned_note = $2`,
  },
  {
    column: 'filing.idempotency_key',
    sql: 'update filing set idempotency_key = $2 || id where filed_by_organisation_id = $1',
  },
  {
    column: 'filing_draft.content',
    sql: `update filing_draft set ${inJson('content', 'matterNumber')} where ${ofStudio}`,
  },
  {
    column: 'filing_draft.content',
    sql: `update filing_draft set ${inJson('content', 'paragraph')} where ${ofStudio}`,
  },
  { column: 'idempotency.response', sql: `update idempotency set ${inJson('response', 'canary')} where ${ofStudio}` },
  {
    column: 'invitation.email',
    sql: `update invitation set email = $2 || '@guest.test' where ${ofStudio} and accepted_at is null`,
  },
  {
    column: 'kept_choices.choices',
    sql: `update kept_choices set choices = jsonb_build_object('paragraph', $2::text) where draft_id in (select id from filing_draft where ${ofStudio})`,
  },
  { column: 'notice_note.text', sql: `update notice_note set text = $2 where ${ofItsNotices}` },
  {
    column: 'notice_tag.tag',
    sql: `update notice_tag set tag = $2 || right(notice_id::text, 4) where ${ofItsNotices}`,
  },
  { column: 'saved_view.name', sql: `update saved_view set name = $2 || right(id::text, 4) where ${ofStudio}` },
  {
    column: 'notice_private.matter_number',
    sql: `insert into notice_private select id, holder_organisation_id, $2 from notice where holder_organisation_id = $1
      on conflict (notice_id) do update set matter_number = $2`,
  },
  {
    column: 'notice_link.address',
    sql: `update notice_link set address = $2 || '@contact.test' where ${ofItsNotices}`,
  },
  {
    column: 'mail_attempt.response',
    sql: `update mail_attempt set response = $2 where mail_id in (select id from outgoing_mail where ${ofItsNotices})`,
  },
  { column: 'outgoing_mail.last_response', sql: `update outgoing_mail set last_response = $2 where ${ofItsNotices}` },
  {
    column: 'event_person.facts',
    whose: 'own',
    sql: `update event_person p set facts = p.facts || jsonb_build_object('where', $2::text, 'text', $2::text, 'reference', $2::text) from notice_event e where e.notice_id = p.notice_id and e.sequence = p.sequence and not e.shared and p.${ofItsNotices}`,
  },
  {
    column: 'notice_message.fresh',
    whose: 'own',
    sql: `insert into notice_message select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'side', 'holder', 'held', 'not-a-member',
       'inbound_id', null, 'event_sequence', null, 'subject', $2::text, 'fresh', $2::text))).* from notice_message t where t.${ofItsNotices} limit 1`,
  },
  {
    // A colleague who never did anything that another side could hear of.
    column: 'person.name',
    sql: `with made as (insert into person select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'name', $2::text,
         'email', lower($2::text) || '@studio.test'))).* from person p where p.email = 'studio@demo.test' returning id)
       insert into membership (id, person_id, organisation_id, role, created_at) select gen_random_uuid(), id, $1, 'viewer', now() from made`,
  },
  { column: 'evidence_access.user_agent', sql: `update evidence_access set user_agent = $2 where ${ofStudio}` },
  {
    column: 'link_access.user_agent',
    sql: 'update link_access set user_agent = $2 where link_id in (select l.id from notice_link l join notice n on n.id = l.notice_id where n.holder_organisation_id = $1)',
  },
  {
    column: 'audit_origin.browser',
    sql: `update audit_origin set browser = $2 where entry_id in (select id from audit_entry where ${ofStudio})`,
  },
]

/** Plants a word of its own in each column of the studio that is its own, past every guard, and tells which. */
export async function plantCanaries(studioId: string): Promise<readonly Canary[]> {
  const client = new pg.Client({ connectionString: await adminOfPortal() })
  await client.connect()
  try {
    // The guards of what never changes would refuse.
    await client.query('set session_replication_role = replica')
    await escalateUntold(client, studioId)
    const readers = (await readersOf(client, studioId)).map(({ email }) => email)
    const planted: Canary[] = []
    for (const [index, { column, sql: text, whose }] of plants.entries()) {
      const word = `canary${index}x${randomUUID().slice(0, 8)}`
      const { rowCount } = await client.query(text, text.includes('$2') ? [studioId, word] : [studioId])
      if ((rowCount ?? 0) > 0) planted.push({ column, word, whose: whose ?? whoseOf(column), readers })
    }
    return planted
  } finally {
    await client.end()
  }
}

/** What is nobody's to see at all: tokens, hashes of passwords, secrets of second factors. */
export async function secretsOfAll(): Promise<readonly Canary[]> {
  const columns = Object.entries(columnVerdicts).flatMap(([table, { never = '' }]) =>
    never
      .split(' ')
      .filter((column) => column !== '')
      .map((column) => ({ table, column })),
  )
  const canaries: Canary[] = []
  for (const { table, column } of columns) {
    const rows = await sql<{ word: string | null }>(
      `select distinct ${column}::text as word from ${table} where length(${column}::text) >= 16 limit 50`,
    )
    for (const { word } of rows)
      if (word !== null) canaries.push({ column: `${table}.${column}`, word, whose: 'never', readers: [] })
  }
  return canaries
}

// A line that only the holder's side may see, with the words of an escalation, on every notice of the studio.
async function escalateUntold(client: pg.Client, studioId: string): Promise<void> {
  await client.query(
    `insert into notice_event (notice_id, sequence, type, actor, channel, at, payload, previous, hash, shared)
     select id, last_sequence + 1, 'notice.escalated', 'holder', 'portal', now(),
       jsonb_build_object('stage', stage, 'escalation', 'litigation', 'since', '2026-11-01', 'told', false), last_hash, md5(id::text), false
     from notice where holder_organisation_id = $1 and begun_at is not null`,
    [studioId],
  )
  await client.query(
    `insert into event_person (notice_id, sequence, salt, facts)
     select id, last_sequence + 1, 'canary', '{"name": "Haruka Mori"}' from notice where holder_organisation_id = $1 and begun_at is not null`,
    [studioId],
  )
  await client.query(
    `update notice set last_sequence = last_sequence + 1, last_hash = md5(id::text)
     where holder_organisation_id = $1 and begun_at is not null`,
    [studioId],
  )
  await client.query(
    `insert into notice_private select id, holder_organisation_id, null, 'litigation' from notice
     where holder_organisation_id = $1 and begun_at is not null on conflict (notice_id) do update set escalation = 'litigation'`,
    [studioId],
  )
}

async function readersOf(client: pg.Client, studioId: string): Promise<{ email: string }[]> {
  const { rows } = await client.query<{ email: string }>(
    'select p.email from person p join membership m on m.person_id = p.id where m.organisation_id = $1',
    [studioId],
  )
  return rows
}

function whoseOf(column: string): Canary['whose'] {
  const [table = '', name = ''] = column.split('.')
  const verdicts = columnVerdicts[table] ?? {}
  for (const whose of ['confidential', 'own', 'run', 'never'] as const)
    if (verdicts[whose]?.split(' ').includes(name)) return whose === 'confidential' ? 'own' : whose
  throw new Error(`${column} is not confidential: it has another verdict`)
}
