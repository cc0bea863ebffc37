import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'
import { expect, test } from 'vitest'
import { chooseNotices } from '#app/notices/bulk/choose-notices.server.ts'
import { findAct } from '#app/notices/bulk/find-act.server.ts'
import { queueAct } from '#app/notices/bulk/queue-act.server.ts'
import { runBulkAct } from '#app/notices/bulk/run-act.server.ts'
import { newId } from '#app/platform/id.ts'
import { readObject } from '#app/platform/objects.server.ts'
import { inForce, seeAll } from '#test/associations.ts'
import { aCatalogue } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiling } from '#test/filings.ts'
import { findMandateReach } from './find-mandate-acts.server.ts'

const db = await testDatabase()

async function unpack(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const zip = await fromBufferPromise(bytes)
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  return files
}

test('an archive of letters holds each letter in its languages, under safe names, and the member learns of it', async () => {
  const { association, member, pair, mandateId } = await inForce(db.owner, seeAll)
  await db.owner.query(`update organisation set name = '../../星空: "動画"', name_other = 'Hoshizora' where id = $1`, [
    member.organisation.id,
  ])
  for (const locale of ['en', 'ja'] as const) {
    const catalogue = await aCatalogue(db.owner, member.organisation.id, { titles: ['ナルト', `Film ${locale}`] })
    await aFiling(member, { vendorIds: [pair.vendor.id], catalogue, content: { locale } })
  }
  const actId = newId()
  await chooseNotices(association.member, { actId, choice: { kind: 'all', filter: {} } })
  await queueAct(association.member, { actId, asked: { act: 'export', format: 'zip', columns: ['member'] } })
  await runBulkAct({ actId, isLastTry: false })
  const page = await findAct(association.member, { actId, cursor: null })
  expect(page?.counts).toMatchObject({ done: 2, refused: 0, missing: 0 })
  const sha256 = page?.act.resultSha256 ?? ''
  const files = await unpack(await buffer(readObject(sha256)))
  const letters = [...files].filter(([name]) => name !== 'list.csv')
  for (const [name, content] of letters) {
    expect(name).toMatch(/^CAV-[0-9A-Z]{4}-[0-9A-Z]{4}-(?:en|ja)\.pdf$/)
    expect(content.subarray(0, 5).toString()).toBe('%PDF-')
    expect(content.length).toBeGreaterThan(5_000)
  }
  expect(new Set(letters.map(([name]) => name.slice(-6, -4)))).toEqual(new Set(['en', 'ja']))
  const list = files.get('list.csv')?.toString() ?? ''
  expect(list.startsWith('\uFEFF')).toBe(true)
  for (const [name, content] of letters)
    expect(list).toContain(`${name},${createHash('sha256').update(content).digest('hex')}`)
  const { exports } = await findMandateReach(member, { mandateId, after: null })
  expect(exports).toMatchObject([{ id: actId, format: 'zip', notices: 2, sha256, version: 1 }])
}, 90_000)
