import type { Transaction } from '#app/platform/db.server.ts'

/** What the mails about a whole filing say of it. */
export type FilingParts = {
  id: string
  filing: string
  vendors: string[]
  notices: number
  works: number
  sendAt: string
}

const mostNamed = 10

/** The filings of these notices, by notice: how many notices it makes and the first vendors by name. */
export async function findFilingParts(
  tx: Transaction,
  noticeIds: readonly string[],
): Promise<ReadonlyMap<string, FilingParts>> {
  const rows = await tx.$queryRaw<FilingParts[]>`
    select n.id, f.reference as filing, to_jsonb(f.send_at) #>> '{}' as "sendAt",
      (select max(o.works_count) from notice o where o.filing_id = f.id) as works,
      (select count(*)::int from notice o where o.filing_id = f.id and o.stage <> 'withdrawn') as notices,
      array(select v.name from notice o join vendor v on v.id = o.vendor_id where o.filing_id = f.id and o.stage <> 'withdrawn'
        order by lower(v.name), o.id limit ${mostNamed}) as vendors
    from notice n join filing f on f.id = n.filing_id where n.id = any(${[...new Set(noticeIds)]}::uuid[])`
  return new Map(rows.map((row) => [row.id, { ...row, sendAt: new Date(row.sendAt).toISOString() }]))
}
