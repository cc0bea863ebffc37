import type { BulkConnection } from '#app/platform/bulk.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { wake, wakeChannel } from '#app/platform/wake.server.ts'
import { wordsForFailure, type ImportFailure } from './import-failure.ts'
import type { ImportCountsOfRows } from './import-preview.ts'
import type { ImportResult } from './import-rows.server.ts'

type About = {
  person_id: string
  name: string
  locale: 'en' | 'ja'
  organisation_id: string
  catalogue_id: string
  catalogue: string
  file_name: string
}

const aboutSql = `select p.id as person_id, p.name, p.locale, i.organisation_id, i.catalogue_id, c.name as catalogue, i.file_name
  from catalogue_import i join person p on p.id = i.requested_by join catalogue c on c.id = i.catalogue_id where i.id = `

/** Writes what an import did and owes the mail that says so, in the transaction that did it. */
export async function finishImport(
  connection: BulkConnection,
  { importId, result, rejectsSha256 }: { importId: string; result: ImportResult; rejectsSha256: string | null },
): Promise<void> {
  const counts: ImportCountsOfRows = { rows: result.rows, ...result.counts, rejected: result.rejected }
  const at = now()
  await connection.query(
    `update catalogue_import set status = 'done', counts = $2, rejects_sha256 = $3, version = $4, finished_at = $5,
       rows_read = $6, rows_total = $6, failure = null where id = $1`,
    [importId, JSON.stringify(counts), rejectsSha256, result.version, at, result.rows],
  )
  const { rows } = await connection.query<About>(`${aboutSql} $1`, [importId])
  const [about] = rows
  if (about === undefined) throw new Error(`Import ${importId} has no requester`)
  const facts = factsOf(about, importId, { failure: null, version: result.version, ...counts })
  await connection.query(
    `insert into mail_duty (id, kind, audience, organisation_id, person_id, locale, facts, not_before, created_at)
     values ($1, 'import-finished', 'person', $2, $3, $4, $5, $6, $6)`,
    [newId(), about.organisation_id, about.person_id, about.locale, JSON.stringify(facts), at],
  )
  await connection.query('select pg_notify($1, $2)', [wakeChannel, 'mail'])
}

/** Owes the requester the mail that an import failed. */
export async function oweFailureMail(tx: Transaction, importId: string, failure: ImportFailure): Promise<void> {
  const [about] = await tx.$queryRawUnsafe<About[]>(`${aboutSql} $1::uuid`, importId)
  if (about === undefined) throw new Error(`Import ${importId} has no requester`)
  const none = { version: null, rows: 0, added: 0, changed: 0, unchanged: 0, removed: 0, rejected: 0 }
  const facts = factsOf(about, importId, { failure: withLocale(about.locale, () => wordsForFailure(failure)), ...none })
  const at = now()
  await tx.mailDuty.createMany({
    data: [
      {
        id: newId(),
        kind: 'import-finished',
        audience: 'person',
        organisationId: about.organisation_id,
        personId: about.person_id,
        locale: about.locale,
        facts,
        notBefore: at,
        createdAt: at,
      },
    ],
  })
  await wake(tx, 'mail')
}

type Outcome = ImportCountsOfRows & { failure: string | null; version: number | null }

function factsOf(about: About, importId: string, outcome: Outcome) {
  return {
    name: about.name,
    catalogue: about.catalogue,
    source: about.file_name,
    ...outcome,
    url: `${env().BASE_URL}/catalogues/${about.catalogue_id}/import/${importId}`,
  }
}
