import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { oneLine } from './letter-words.ts'

/** The condition that `notice n` has this number of a matter; nobody but the holder's side finds one by it. */
export function hasMatterNumber(typed: string): Prisma.Sql {
  return Prisma.sql`n.id = any(array(select x.notice_id from notice_private x where x.matter_number = ${typed}))`
}

/** Keeps the holder's own number for the matter beside notices that were not sent yet, where the vendor does not see it. */
export async function keepMatterNumber(
  tx: Transaction,
  { matterNumber, noticeIds }: { matterNumber: string; noticeIds: readonly string[] },
): Promise<void> {
  const number = oneLine(matterNumber)
  if (number === '') {
    await tx.noticePrivate.updateMany({ where: { noticeId: { in: [...noticeIds] } }, data: { matterNumber: null } })
    return
  }
  await tx.$executeRaw`
    insert into notice_private (notice_id, holder_organisation_id, matter_number)
    select n.id, n.holder_organisation_id, ${number} from notice n where n.id = any(${[...noticeIds]}::uuid[])
    on conflict (notice_id) do update set matter_number = excluded.matter_number`
}
