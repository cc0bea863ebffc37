import { parseReference } from '#app/notices/reference.ts'
import { verifyLedger } from '#app/notices/verify-ledger.server.ts'
import { BadUseError, columns, type Answer } from './answer.ts'

/** `ledger verify`: whether every line, column and answer holds; broken ones are named and make the exit code 1. */
export async function verifyLedgerCommand({ notice }: { notice?: string }): Promise<Answer> {
  const read = notice === undefined ? undefined : parseReference(notice)
  if (notice !== undefined && read?.prefix !== 'CAV') throw new BadUseError(`${notice} is no reference of a notice.`)
  const report = await verifyLedger({
    ...(read ? { reference: read.reference } : {}),
    onPage: (notices) => process.stderr.write(`${notices} notices read\n`),
  })
  if (read && report.notices === 0) throw new BadUseError(`There is no notice ${read.reference}.`)
  const { notices, lines, erased, broken } = report
  return {
    json: { ok: broken.length === 0, notices, lines, erased, broken },
    lines: [
      ...columns(
        broken.map((each) => [each.reference, each.sequence === null ? '-' : `line ${each.sequence}`, whyBroken(each)]),
      ),
      `${notices} notices, ${lines} lines, ${erased} erased persons, ${broken.length} broken`,
    ],
    someFailed: broken.length > 0,
  }
}

function whyBroken({ because, columns: names }: { because: string; columns?: readonly string[] }): string {
  return names ? `${because}: ${names.join(', ')}` : because
}
