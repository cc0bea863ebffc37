import { Readable } from 'node:stream'
import { buffer, text as readText } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { readObject } from '#app/platform/objects.server.ts'
import { aHolder, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { facts } from '#emails/import-finished.tsx'
import { chooseMapping } from './choose-mapping.server.ts'
import { confirmImport, retryImport, stopImport } from './confirm-import.server.ts'
import { createCatalogue } from './create-catalogue.server.ts'
import { findImport, type FoundImport } from './find-import.server.ts'
import { importCatalogue } from './import-catalogue.server.ts'
import { startImport } from './start-import.server.ts'

const db = await testDatabase()
const holder = await aHolder(db.owner)
const member = memberOf(holder.organisation.id, holder.person)

function memberOf(
  organisationId: string,
  { id, name, email }: { id: string; name: string; email: string },
  role: Member['organisation']['role'] = 'owner',
): Member {
  return {
    personId: id,
    sessionId: id,
    signedInAt: new Date(),
    strong: false,
    name,
    nameOther: null,
    email,
    locale: 'en',
    timeZone: 'Asia/Tokyo',
    theme: null,
    shortcuts: true,
    isDemo: false,
    memberships: [],
    organisation: {
      id: organisationId,
      kind: 'rights_holder',
      slug: 'holder',
      name: 'Holder',
      nameOther: null,
      role,
      verified: true,
      secondFactor: false,
      closesAt: null,
      isDemo: false,
      timeZone: 'Asia/Tokyo',
    },
  }
}

let catalogues = 0
async function aCatalogueOf(who: Member): Promise<string> {
  catalogues += 1
  const made = await createCatalogue({ member: who, name: `Films ${catalogues}` })
  if (!made.allowed) throw new Error(made.because)
  return made.catalogueId
}

async function sent(catalogueId: string, content: string | Uint8Array, fileName = 'films.csv'): Promise<FoundImport> {
  const verdict = await startImport({ member, catalogueId, fileName, content: Readable.from([Buffer.from(content)]) })
  if (!verdict.allowed) throw new Error(verdict.because)
  return found(verdict.importId)
}

async function found(importId: string): Promise<FoundImport> {
  const known = await withPerson(member.personId, (tx) => findImport(tx, importId))
  if (known === null) throw new Error('no such import')
  return known
}

const run = (importId: string) => importCatalogue({ importId, personId: member.personId })

test('a file is previewed, confirmed, imported by the worker, and its requester is mailed', async () => {
  const catalogueId = await aCatalogueOf(member)
  const {
    id: importId,
    preview,
    mapping,
    form,
  } = await sent(catalogueId, 'id;title;year\nA;One;1999\nB;;2000\nA;Again;\n', '../../x/“Films”.csv')
  expect(form).toEqual({ encoding: 'utf-8', separator: ';' })
  expect(mapping?.columns.map(({ field }) => field)).toEqual(['externalId', 'title', 'year'])
  expect(preview?.counts).toEqual({ rows: 3, added: 1, changed: 0, unchanged: 0, removed: 0, rejected: 2 })
  expect(preview?.rejects).toEqual([
    { because: 'no-title', rows: 1, lines: [3] },
    { because: 'repeated-id', rows: 1, lines: [4] },
  ])

  expect(await confirmImport({ member, catalogueId, importId })).toEqual({ allowed: true })
  expect(await confirmImport({ member, catalogueId, importId })).toEqual({ allowed: false, because: 'not-now' })
  const { rows: jobs } = await db.owner.query(`select kind, status, requested_by from job where subject_id = $1`, [
    importId,
  ])
  expect(jobs).toEqual([{ kind: 'import', status: 'queued', requested_by: member.personId }])

  await run(importId)
  await run(importId)
  const done = await found(importId)
  expect(done).toMatchObject({
    status: 'done',
    version: 1,
    fileName: '“Films”.csv',
    counts: { rows: 3, added: 1, rejected: 2 },
  })
  const { rows: duties } = await db.owner.query(
    `select kind, audience, person_id, facts from mail_duty where facts->>'url' like $1`,
    [`%${importId}`],
  )
  expect(duties).toMatchObject([{ kind: 'import-finished', audience: 'person', person_id: member.personId }])
  expect(facts.parse(duties[0]?.facts)).toMatchObject({ failure: null, version: 1, rows: 3, rejected: 2 })

  const rejected = await readText(readObject(done.rejectsSha256 ?? ''))
  // Spreadsheets read UTF-8 only with its mark; the decoder here takes it off.
  expect([...(await buffer(readObject(done.rejectsSha256 ?? ''))).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(rejected.split('\r\n')).toEqual([
    'Line in the file,Why it was not imported,id,title,year',
    '3,The row has no title.,B,,2000',
    '4,An earlier row has the same external id.,A,Again,',
    '',
  ])
})

test('the rejected rows, put right, are imported as they were', async () => {
  const catalogueId = await aCatalogueOf(member)
  const first = await sent(catalogueId, 'id,title,author\n-1,,=x\n')
  await confirmImport({ member, catalogueId, importId: first.id })
  await run(first.id)
  const rejected = await readText(readObject((await found(first.id)).rejectsSha256 ?? ''))
  expect(rejected).toContain(`,'-1,,'=x`)
  const again = await sent(catalogueId, rejected.replace(`,'-1,,`, `,'-1,-ナルト-,`))
  await confirmImport({ member, catalogueId, importId: again.id })
  await run(again.id)
  const { rows } = await db.owner.query('select external_id, title, creators from work where catalogue_id = $1', [
    catalogueId,
  ])
  expect(rows).toEqual([{ external_id: '-1', title: '-ナルト-', creators: '=x' }])
})

test('a person chooses columns, encoding and decisions, and the counts follow', async () => {
  const catalogueId = await aCatalogueOf(member)
  const { id: importId, mapping } = await sent(catalogueId, 'code,work\n1,21 &amp; Over\n')
  if (mapping === null) throw new Error('no mapping')
  const columns = mapping.columns.map((column, index) => ({
    ...column,
    field: index === 1 ? ('title' as const) : null,
  }))
  const chosen = { ...mapping, columns, decisions: { ...mapping.decisions, entities: 'decode' as const } }
  const form = { encoding: 'utf-8', separator: ',' } as const
  expect(await chooseMapping({ member, catalogueId, importId, mapping: chosen, form, replaceMissing: true })).toEqual({
    allowed: true,
  })
  expect(await found(importId)).toMatchObject({
    replaceMissing: true,
    mapping: { columns, identityColumn: 0 },
    preview: { counts: { added: 1 } },
  })
  await confirmImport({ member, catalogueId, importId })
  await run(importId)
  const { rows } = await db.owner.query('select external_id, title from work where catalogue_id = $1', [catalogueId])
  expect(rows).toEqual([{ external_id: '1', title: '21 & Over' }])
})

test('a file without a title column waits for one', async () => {
  const catalogueId = await aCatalogueOf(member)
  const { id: importId, preview } = await sent(catalogueId, 'a,b\n1,2\n')
  expect(preview?.counts).toMatchObject({ rows: 1, added: 0 })
  expect(await confirmImport({ member, catalogueId, importId })).toEqual({ allowed: false, because: 'no-title' })
})

test.for([
  ['', 'empty'],
  ['PK\u0003\u0004....xl/workbook.xml', 'damaged-workbook'],
  ['PK\u0003\u0004....', 'zip'],
  ['%PDF-1.7', 'pdf'],
  ['<?xml version="1.0"?><ONIXMessage/>', 'xml'],
  [',,\n1,2,3\n', 'no-headings'],
] as const)('a file of %j is refused: %s', async ([content, because]) => {
  const catalogueId = await aCatalogueOf(member)
  const given = { member, catalogueId, fileName: 'films.csv', content: Readable.from([Buffer.from(content)]) }
  expect(await startImport(given)).toEqual({ allowed: false, because })
})

test('a file with headings only is read and changes nothing', async () => {
  const catalogueId = await aCatalogueOf(member)
  const { id: importId, preview } = await sent(catalogueId, 'id,title\n')
  expect(preview?.counts.rows).toBe(0)
  await confirmImport({ member, catalogueId, importId })
  await run(importId)
  expect(await found(importId)).toMatchObject({ status: 'done', version: null })
})

test('an import that waits can be stopped and tried again', async () => {
  const catalogueId = await aCatalogueOf(member)
  const { id: importId } = await sent(catalogueId, 'id,title\nA,One\n')
  await confirmImport({ member, catalogueId, importId })
  expect(await stopImport({ member, catalogueId, importId })).toEqual({ allowed: true })
  await run(importId)
  expect(await found(importId)).toMatchObject({ status: 'stopped', version: null })
  expect(await retryImport({ member, catalogueId, importId })).toEqual({ allowed: true })
  await run(importId)
  expect(await found(importId)).toMatchObject({ status: 'done', version: 1 })
})

test('a running import that is to stop keeps nothing', async () => {
  const catalogueId = await aCatalogueOf(member)
  const lines = Array.from({ length: 40_000 }, (_, index) => `${index},Work ${index}`)
  const { id: importId } = await sent(catalogueId, `id,title\n${lines.join('\n')}\n`)
  await confirmImport({ member, catalogueId, importId })
  await db.owner.query(`create or replace function slow_down() returns trigger language plpgsql as $$
    begin if new.status = 'running' then new.stop_requested := true; end if; return new; end $$`)
  await db.owner.query(
    'create trigger slow_down before update on catalogue_import for each row execute function slow_down()',
  )
  try {
    await run(importId)
  } finally {
    await db.owner.query('drop trigger slow_down on catalogue_import')
  }
  const stopped = await found(importId)
  expect([stopped.status, stopped.version]).toEqual(['stopped', null])
  const { rows } = await db.owner.query('select from work where catalogue_id = $1', [catalogueId])
  expect(rows).toHaveLength(0)
})

test('who lost the role between asking and doing imports nothing, and is told', async () => {
  const editor = await aPerson(db.owner, { organisationId: holder.organisation.id, role: 'editor' })
  const asEditor = memberOf(holder.organisation.id, editor, 'editor')
  const catalogueId = await aCatalogueOf(asEditor)
  const verdict = await startImport({
    member: asEditor,
    catalogueId,
    fileName: 'a.csv',
    content: Readable.from([Buffer.from('id,title\nA,One\n')]),
  })
  if (!verdict.allowed) throw new Error(verdict.because)
  await confirmImport({ member: asEditor, catalogueId, importId: verdict.importId })
  await db.owner.query(`update membership set role = 'viewer' where person_id = $1`, [editor.id])
  await importCatalogue({ importId: verdict.importId, personId: editor.id })
  expect(await found(verdict.importId)).toMatchObject({ status: 'failed', failure: 'not-allowed' })
  const { rows } = await db.owner.query(`select facts->>'failure' as failure from mail_duty where person_id = $1`, [
    editor.id,
  ])
  expect(rows).toEqual([
    { failure: 'Whoever asked for the import may no longer change this catalogue. Nothing was imported.' },
  ])
})

test('viewers and other organisations may not start, confirm or stop', async () => {
  const catalogueId = await aCatalogueOf(member)
  const viewer = memberOf(holder.organisation.id, holder.person, 'viewer')
  const other = await aHolder(db.owner)
  const stranger = memberOf(other.organisation.id, other.person)
  const file = () => ({ catalogueId, fileName: 'a.csv', content: Readable.from([Buffer.from('id,title\nA,One\n')]) })
  expect(await startImport({ member: viewer, ...file() })).toEqual({ allowed: false, because: 'role' })
  expect(await startImport({ member: stranger, ...file() })).toEqual({ allowed: false, because: 'no-catalogue' })
  const { id: importId } = await sent(catalogueId, 'id,title\nA,One\n')
  expect(await confirmImport({ member: viewer, catalogueId, importId })).toEqual({ allowed: false, because: 'role' })
  expect(await stopImport({ member: stranger, catalogueId, importId })).toEqual({
    allowed: false,
    because: 'no-import',
  })
})

test('an outage waits for the next try, and is told when it was the last', async () => {
  const catalogueId = await aCatalogueOf(member)
  const { id: importId } = await sent(catalogueId, 'id,title\nA,One\n')
  await confirmImport({ member, catalogueId, importId })
  await db.owner.query('alter table work rename to work_away')
  try {
    await expect(importCatalogue({ importId, personId: member.personId, isLastTry: false })).rejects.toThrow(/failed/u)
    expect(await found(importId)).toMatchObject({ status: 'queued', failure: null })
    await expect(run(importId)).rejects.toThrow(/failed/u)
    expect(await found(importId)).toMatchObject({ status: 'failed', failure: 'outage' })
  } finally {
    await db.owner.query('alter table work_away rename to work')
  }
  const { rows } = await db.owner.query(
    `select count(*)::int as told from mail_duty where facts->>'url' like $1 and facts->>'failure' is not null`,
    [`%${importId}`],
  )
  expect(rows).toEqual([{ told: 1 }])
  // The operator tries the job again, or the requester the import: both lead to the same version.
  await run(importId)
  expect(await found(importId)).toMatchObject({ status: 'done', version: 1 })
})
