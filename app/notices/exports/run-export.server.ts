import { createHash } from 'node:crypto'
import { oweAccountMail } from '#app/accounts/owe-account-mail.server.ts'
import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, withWorker } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { keepNamed } from '#app/platform/objects.server.ts'
import type { TakenJob } from '#app/platform/run-jobs.server.ts'
import { zipStream, type ZipPart } from '#app/platform/zip-stream.server.ts'
import { exportDays } from './export.ts'
import { countParts, organisationParts } from './organisation-parts.server.ts'
import { personParts } from './person-parts.server.ts'

type Order = { id: string; organisationId: string | null; personId: string }

/** Where the file of an export lies: a name of our own, so that it can be removed when its days are over. */
export function exportFile(exportId: string): string {
  return `exports/${exportId}`
}

/**
 * Makes the file of an export: the job `export`. It is written as it is read, by the rights that its requester has now, and
 * may be begun anew at any time.
 *
 * @param isLastTry a failure is then final, and shown
 */
export async function runExport({ subjectId: id }: Pick<TakenJob, 'subjectId'>, isLastTry: boolean): Promise<void> {
  const found = await withWorker((tx) => tx.dataExport.findUnique({ where: { id } }))
  if (found === null || found.status === 'done') return
  const order = { id, organisationId: found.organisationId, personId: found.requestedBy }
  try {
    await begin(order)
    const kept = await write(order)
    await finish(order, { ...kept, locale: found.locale === 'ja' ? 'ja' : 'en' })
  } catch (error) {
    if (isLastTry) await failExport(id)
    throw error
  }
}

/** Says that an export was not made; its requester orders another. */
export async function failExport(id: string): Promise<void> {
  await withWorker((tx) =>
    tx.dataExport.updateMany({
      where: { id, status: { in: ['queued', 'running'] } },
      data: { status: 'failed', finishedAt: now() },
    }),
  )
}

async function begin({ id, organisationId, personId }: Order): Promise<void> {
  if (organisationId !== null && !(await isOwner(personId, organisationId)))
    throw new Error(`The requester of export ${id} is no owner of the organisation any more`)
  const partsTotal = organisationId === null ? null : await countParts({ personId, organisationId })
  await withWorker((tx) =>
    tx.dataExport.updateMany({
      where: { id },
      data: { status: 'running', partsDone: 0, partsTotal, finishedAt: null },
    }),
  )
}

async function isOwner(personId: string, organisationId: string): Promise<boolean> {
  const count = await withPerson(personId, (tx) =>
    tx.membership.count({ where: { personId, organisationId, role: 'owner' } }),
  )
  return count === 1
}

async function write({ id, organisationId, personId }: Order): Promise<{ sha256: string; bytes: number }> {
  const parts = organisationId === null ? personParts(personId) : organisationParts({ personId, organisationId })
  const hash = createHash('sha256')
  let bytes = 0
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of zipStream(counted(id, parts))) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  await keepNamed(exportFile(id), hashed())
  return { sha256: hash.digest('hex'), bytes }
}

const partsPerWrite = 50

async function* counted(id: string, parts: AsyncIterable<ZipPart>): AsyncGenerator<ZipPart> {
  let done = 0
  for await (const part of parts) {
    yield part
    done += 1
    if (done % partsPerWrite !== 0) continue
    const partsDone = done
    await withWorker((tx) => tx.dataExport.updateMany({ where: { id }, data: { partsDone } }))
  }
}

type Kept = { sha256: string; bytes: number; locale: 'en' | 'ja' }

async function finish({ id, organisationId, personId }: Order, { sha256, bytes, locale }: Kept): Promise<void> {
  const at = now()
  await withWorker(async (tx) => {
    const expiresAt = new Date(at.getTime() + exportDays * 86_400_000)
    const { count } = await tx.dataExport.updateMany({
      where: { id, status: 'running' },
      data: { status: 'done', sha256, bytes, finishedAt: at, expiresAt },
    })
    const person = await tx.person.findUnique({ where: { id: personId } })
    if (count === 0 || person === null || person.erasedAt !== null) return
    const organisation =
      organisationId === null ? null : await tx.organisation.findUniqueOrThrow({ where: { id: organisationId } })
    if (organisationId !== null)
      await recordAudit(tx, { organisationId, kind: 'export-made', facts: { export: id, sha256, bytes } })
    const page = organisationId === null ? '/account/export' : '/settings/export'
    await oweAccountMail(tx, {
      kind: 'export-ready',
      address: person.email,
      locale,
      facts: {
        name: person.name,
        organisation: organisation?.name ?? null,
        sha256,
        days: exportDays,
        url: `${env().BASE_URL}${page}`,
      },
    })
  })
}
