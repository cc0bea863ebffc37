import { expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { BadUseError } from './answer.ts'
import { verifyLedgerCommand } from './ledger.server.ts'

const db = await testDatabase()
const { id, reference } = await aSentNotice(db.owner, await aPair(db.owner))

test.each([[{}], [{ notice: reference }], [{ notice: reference.toLowerCase().replaceAll('-', ' ') }]])(
  '%j: all holds',
  async (given) => {
    await expect(verifyLedgerCommand(given)).resolves.toMatchObject({
      json: { ok: true, notices: 1, lines: 2, broken: [] },
      lines: ['1 notices, 2 lines, 0 erased persons, 0 broken'],
      someFailed: false,
    })
  },
)

test.each(['x', 'FIL-7H3K-9Q2V', 'CAV-0000-0000'])('%j is bad use', async (given) => {
  await expect(verifyLedgerCommand({ notice: given })).rejects.toThrow(BadUseError)
})

test('a notice that does not hold is named', async () => {
  await db.owner.query("update notice set stage = 'closed' where id = $1", [id])
  await expect(verifyLedgerCommand({})).resolves.toMatchObject({
    json: { ok: false },
    lines: [`${reference}  -  columns: stage`, expect.any(String)],
    someFailed: true,
  })
})
