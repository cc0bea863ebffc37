import { assert, asyncProperty } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { broken, hugeFiles, oddBytes } from '#test/odd-files.ts'
import { csvOf, judged, sendFile, workbookOf } from '#test/sheets.ts'
import { checkSheetJob } from './sheet-jobs.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { member } = pair.vendor
let notice: Awaited<ReturnType<typeof aSentNotice>>
let csv: Buffer
let workbook: Buffer

beforeAll(async () => {
  notice = await aSentNotice(db.owner, pair, { works: 3 })
  csv = Buffer.from(await csvOf(member, notice.reference))
  workbook = await workbookOf(member, notice.reference)
})

const work = async (): Promise<void> => {
  while (
    await runOneJob({ 'check-answers': ({ subjectId }) => checkSheetJob({ sheetId: subjectId, isLastTry: true }) })
  );
}

/** Sends a file of answers as the vendor does: whether it was read, or why it was not taken or not read. */
async function sent(bytes: Buffer): Promise<string> {
  const taken = await sendFile(member, notice.reference, bytes)
  if (!taken.taken) return taken.because
  await work()
  const { sheet } = await judged(member, taken.sheetId)
  return sheet?.status === 'failed' ? `failed: ${sheet.failure}` : (sheet?.status ?? 'lost')
}

// A fault of ours would be told as an outage, and a file that is left lying as still being read.
const unsaid = ['lost', 'reading', 'recording', 'recorded', 'dropped', 'failed: outage', 'failed: null']

test('a file of answers is judged row by row or has a sentence, whatever stands in it', async () => {
  for (const bytes of [oddBytes, broken(csv), broken(workbook)])
    await assert(
      asyncProperty(bytes, async (each) => {
        expect(unsaid).not.toContain(await sent(each))
      }),
      { numRuns: 15 },
    )
})

test('no file is too odd to be judged, with its own first line or with the right one', async () => {
  const [head = ''] = csv.toString('utf8').split('\r\n')
  for (const [name, make] of Object.entries(hugeFiles))
    for (const bytes of [make(), Buffer.concat([Buffer.from(`${head}\r\n`), make()])])
      expect({ name, came: await sent(bytes) }).toSatisfy(({ came }: { came: string }) => !unsaid.includes(came))
}, 120_000)
