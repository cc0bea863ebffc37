import { assert, asyncProperty } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { anOrganisation, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { broken, hugeFiles, oddBytes } from '#test/odd-files.ts'
import { handmade } from '#test/workbooks.ts'
import { findBatch, inviteByFile } from './invite-by-file.server.ts'

const db = await testDatabase()
const organisation = await anOrganisation(db.owner, 'association')
const owner = memberOf(await aPerson(db.owner, { organisationId: organisation.id }), organisation, {
  kind: 'association',
})
const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
let workbook: Buffer

beforeAll(async () => {
  workbook = await handmade({
    rows: `<row>${cell('email')}${cell('name')}</row><row>${cell('a@member.test')}${cell('Member')}</row>`,
  })
})

/** Sends a file of members: how many rows were answered, or why none. */
async function sent(bytes: Buffer): Promise<number | string> {
  const taken = await inviteByFile(owner, new File([new Uint8Array(bytes)], 'members.csv'))
  if (!taken.taken) return taken.because
  const batch = await findBatch(owner, taken.batchId)
  return batch?.rows.length ?? 'lost'
}

const isSaid = (came: number | string): boolean =>
  typeof came === 'number' || (came !== 'lost' && /^[a-z-]+$/.test(came))

test('a file of members is answered row by row or has a sentence, whatever stands in it', async () => {
  const table = Buffer.from('email,name,level\r\na@member.test,"Member, one",view\r\n"b@member.test",星空,\r\n')
  for (const bytes of [oddBytes, broken(table), broken(workbook)])
    await assert(
      asyncProperty(bytes, async (each) => {
        expect(await sent(each)).toSatisfy(isSaid)
      }),
      { numRuns: 40 },
    )
})

test.each(Object.entries(hugeFiles))('%s', async (_, make) => {
  expect(await sent(make())).toSatisfy(isSaid)
})

test('names and addresses that are cut keep no half of a sign', async () => {
  const long = `${'n'.repeat(199)}𝄞`
  expect(
    await sent(Buffer.from(`email,name\nnot an address ${'x'.repeat(284)}𝄞,${long}\nc@member.test,${long}\n`)),
  ).toBe(2)
})

test('a workbook with rows without end is left after those that may be there', async () => {
  const row = '<row><c t="inlineStr"><is><t>email</t></is></c><c t="inlineStr"><is><t>name</t></is></c></row>'
  expect(await sent(await handmade({ rows: row.repeat(200_000) }))).toMatch(
    /^(?:too-many|unsafe-workbook|too-large-inside)$/,
  )
})
