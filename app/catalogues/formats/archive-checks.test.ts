import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { handmade, zipped } from '#test/workbooks.ts'
import { WorkbookFaultError } from './workbook-fault.ts'
import { readSheet } from './xlsx.server.ts'

async function faultOf(bytes: Uint8Array): Promise<string> {
  try {
    for await (const row of readSheet(Readable.from([bytes]), '')) expect(row.line).toBeGreaterThan(0)
    return 'none'
  } catch (error) {
    if (error instanceof WorkbookFaultError) return error.because
    throw error
  }
}

test('more than a directory tells comes out: it is noticed, and so is less', async () => {
  const bytes = await handmade({ rows: '<row><c><v>1</v></c></row>'.repeat(5000) })
  const at = bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 24
  for (const told of [100, 10_000_000]) {
    const lying = Buffer.from(bytes)
    lying.writeUInt32LE(told, at)
    expect(['too-large-inside', 'damaged-workbook']).toContain(await faultOf(lying))
  }
})

test('names that lead out, entries that overlap or repeat, and encrypted ones are refused', async () => {
  const plain = await zipped({ 'aa/aa.xml': 'x', 'xl/workbook.xml': '<workbook/>' })
  const renamed = (to: string) => Buffer.from(plain.toString('latin1').replaceAll('aa/aa.xml', to), 'latin1')
  expect(await faultOf(renamed('../aa.xml'))).toBe('unsafe-workbook')
  expect(await faultOf(renamed('/aaaa.xml'))).toBe('unsafe-workbook')
  expect(await faultOf(renamed('c:/aa.xml'))).toBe('unsafe-workbook')

  const twice = await zipped({ 'xl/workbook.xmk': 'x', 'xl/workbook.xml': '<workbook/>' })
  expect(await faultOf(Buffer.from(twice.toString('latin1').replaceAll('.xmk', '.xml'), 'latin1'))).toBe(
    'unsafe-workbook',
  )

  const overlapping = Buffer.from(plain)
  overlapping.writeUInt32LE(0, plain.lastIndexOf('xl/workbook.xml') - 46 + 42)
  expect(await faultOf(overlapping)).toBe('unsafe-workbook')

  const encrypted = Buffer.from(plain)
  encrypted.writeUInt16LE(1, plain.lastIndexOf('aa/aa.xml') - 46 + 8)
  expect(await faultOf(encrypted)).toBe('encrypted')
})

test.for([
  ['cut in half', 0.5],
  ['without its end', 0.98],
] as const)('a workbook %s is damaged', async ([, share]) => {
  const bytes = await handmade({ rows: '<row><c><v>1</v></c></row>' })
  expect(await faultOf(bytes.subarray(0, Math.floor(bytes.length * share)))).toBe('damaged-workbook')
})
