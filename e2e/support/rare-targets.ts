import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { insert } from '../../test/builders.ts'
import { aMandate } from '../../test/mandates.ts'
import { adminOfPortal } from './portal.ts'

type Known = {
  studio: string
  person: string
  notice: string
  piece: string
  mandate: string
  imported: string
  draft: string
  link: string
}
type Kept = { sha256: string; bytes: number }

/**
 * What there is only when rows were rejected, notices exported, an archive ordered, a paper given, members invited by a file or
 * many filed for at once: an object for each parameter of their addresses, by pattern and name where another one stands for it
 * elsewhere. What one press of a button ends has an object that nothing else needs.
 */
export async function makeRare(known: Known): Promise<Record<string, string>> {
  const owner = new pg.Pool({ connectionString: await adminOfPortal(), max: 1 })
  try {
    await owner.query('set session_replication_role = replica')
    const file = keepFile('reference,title\r\n')
    await owner.query(
      `update catalogue_import set rejects_sha256 = $2, file_sha256 = $2, encoding = 'utf-8', separator = ',', mapping = $3 where id = $1`,
      [known.imported, file.sha256, JSON.stringify(mapping)],
    )
    await owner.query(
      `update mandate_version set document_sha256 = $2, document_name = 'canary-mandate.pdf', document_bytes = $3 where mandate_id = $1`,
      [known.mandate, file.sha256, file.bytes],
    )
    await owner.query(
      `insert into evidence_notice (notice_id, evidence_id, shared_id, added_by, added_at) values ($1, $2, $2, $3, now()) on conflict do nothing`,
      [known.notice, known.piece, known.person],
    )
    return {
      ...(await filesOf(owner, known, file)),
      ...(await collectiveOf(owner, known)),
      ...(await sparesOf(owner, known)),
      'n evidence id': known.piece,
      bearersSheet: await sheetOf(owner, known),
    }
  } finally {
    await owner.end()
  }
}

const decisions = { identifiers: 'keep', entities: 'keep', marks: 'keep' }
const mapping = { columns: [{ header: 'title', field: 'title' }], identityColumn: null, kind: null, decisions }

/** A file among those that the portal keeps, as it keeps it. */
function keepFile(text: string, name?: string): Kept {
  const sha256 = createHash('sha256').update(text).digest('hex')
  const path = join(process.env['CAVEAT_DATA'] ?? '', 'files', name ?? join(sha256.slice(0, 2), sha256))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return { sha256, bytes: Buffer.byteLength(text) }
}

async function filesOf(owner: pg.Pool, { studio, person, notice }: Known, file: Kept): Promise<Record<string, string>> {
  const [exported, archive, at] = [randomUUID(), randomUUID(), new Date()]
  await insert(owner, 'bulk_act', {
    id: exported,
    organisation_id: studio,
    requested_by: person,
    selection: { kind: 'ticked', noticeIds: [notice] },
    act: 'export',
    options: { format: 'csv' },
    locale: 'en',
    status: 'done',
    rows_total: 0,
    queued_at: at,
    finished_at: at,
    created_at: at,
    result_sha256: file.sha256,
    result_bytes: file.bytes,
  })
  const kept = keepFile('no real archive', `exports/${archive}`)
  await insert(owner, 'data_export', {
    id: archive,
    organisation_id: studio,
    requested_by: person,
    locale: 'en',
    status: 'done',
    ...kept,
    created_at: at,
    finished_at: at,
    expires_at: new Date(at.getTime() + 86_400_000),
  })
  return { '/notices/acts/:actId/file actId': exported, 'exports id': archive }
}

// What the studio looks at before it goes out, and what its vendors have.
async function collectiveOf(owner: pg.Pool, { studio }: Known): Promise<Record<string, string>> {
  const { rows } = await owner.query<{ reviewing: string; sent: string; association: string; link: string }>(
    `select c.reference as reviewing, s.reference as sent, c.association_id as association,
       (select l.id from collective_link l where l.filing_id = s.filing_id order by l.id limit 1) as link
     from collective_filing c join collective_member m on m.collective_id = c.id and m.member_id = $1, collective_filing s
     where c.state = 'reviewing' and s.state = 'sent' limit 1`,
    [studio],
  )
  const [found] = rows
  if (found === undefined) throw new Error('The demo has no collective filing that the studio looks at')
  const batch = randomUUID()
  const made = await owner.query('select person_id from membership where organisation_id = $1', [found.association])
  await insert(owner, 'mandate_batch', {
    id: batch,
    association_id: found.association,
    made_by: made.rows[0].person_id,
    made_at: new Date(),
    file_name: 'canary-members.csv',
    results: '[]',
  })
  return {
    batchId: batch,
    'association filings reference': found.reviewing,
    'annexes reference': found.reviewing,
    'inbox filings reference': found.sent,
    collectiveLink: found.link,
  }
}

async function sparesOf(owner: pg.Pool, { studio, person, draft }: Known): Promise<Record<string, string>> {
  const spare = randomUUID()
  await owner.query(
    `insert into filing_draft select (jsonb_populate_record(d, jsonb_build_object('id', $2::text))).* from filing_draft d where id = $1`,
    [draft, spare],
  )
  const { rows } = await owner.query<{ id: string }>(`select id from organisation where slug = 'content-alliance'`)
  const alliance = rows[0]?.id ?? ''
  const [association, member] = [await copyOf(owner, 'content-alliance'), await copyOf(owner, 'yukishiro')]
  const given = await aMandate(owner, { associationId: association, memberId: studio, acceptedBy: person })
  const taken = await aMandate(owner, { associationId: alliance, memberId: member, acceptedBy: person })
  return {
    '/filings/:draftId/discard draftId': spare,
    '/settings/mandates/:mandateId/revoke mandateId': given.id,
    '/association/mandates/:mandateId/revoke mandateId': taken.id,
  }
}

async function copyOf(owner: pg.Pool, slug: string): Promise<string> {
  const id = randomUUID()
  await owner.query(
    `insert into organisation select (jsonb_populate_record(o, jsonb_build_object('id', $2::text, 'slug', $2::text, 'name', 'Spare'))).*
     from organisation o where slug = $1`,
    [slug, id],
  )
  return id
}

// That the bearer of the notice's link sent in.
async function sheetOf(owner: pg.Pool, { notice, link }: Known): Promise<string> {
  const id = randomUUID()
  await insert(owner, 'answer_sheet', {
    id,
    notice_id: notice,
    link_id: link,
    locale: 'en',
    status: 'read',
    file_sha256: 'x',
    file_name: 'canary-bearers.csv',
    file_bytes: 1,
    sheet: 'Answers',
    rows_changed: 0,
    rows_newer: 0,
    rows_same: 0,
    rows_failed: 0,
    created_at: new Date(),
  })
  return id
}
