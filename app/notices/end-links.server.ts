import type { Transaction } from '#app/platform/db.server.ts'
import { nextPart } from '#app/platform/walk-table.server.ts'

/** How long a mail link opens after the notice is decided, withdrawn or superseded. */
const linkDays = 30
/** How many links one sweep looks at. All have had their turn long before the first of them ends. */
const linksAtOnce = 20_000

/**
 * Lets mail links end when their time is over, and those of a decision that was challenged live on: the next part of them
 * each time. Run it now and then.
 */
export async function endLinks(tx: Transaction, atOnce: number = linksAtOnce): Promise<void> {
  const { after, upTo } = await nextPart(tx, 'links', async (behind) => {
    const [end] = await tx.$queryRaw<{ id: string }[]>`
      select id from notice_link where id > ${behind}::uuid order by id offset ${atOnce - 1}::int limit 1`
    return end?.id
  })
  await tx.$executeRaw`
    update notice_link l set expires_at = e.at + make_interval(days => ${linkDays}::int)
    from (select k.id, coalesce(n.decided_at, n.withdrawn_at, c.taken_at) as at from notice_link k join notice n on n.id = k.notice_id
      left join notice_succession c on c.notice_id = n.id where k.id > ${after}::uuid and k.id <= ${upTo}::uuid) e
    where e.id = l.id and l.id > ${after}::uuid and l.id <= ${upTo}::uuid
      and l.expires_at is distinct from e.at + make_interval(days => ${linkDays}::int)`
}
