import { withLink, type LinkResult } from '#app/platform/db.server.ts'
import { readStored, type StoredLetter, type StoredRow } from './find-letter.server.ts'
import { getLinkNotice, logVisit, type LinkVisit } from './find-link-notice.server.ts'

/** The letters of the notice behind a mail link, the one in its own language first. */
export function findLettersByLink(
  token: string,
  visit: LinkVisit,
): Promise<LinkResult<{ reference: string; stored: readonly StoredLetter[] }>> {
  return withLink(token, async (tx, link) => {
    await logVisit(tx, link, visit)
    const { reference } = await getLinkNotice(tx, link)
    const rows = await tx.$queryRaw<StoredRow[]>`
      select l.locale, l.blocks, l.sha256, l.facts is not null as translatable from notice_letter l join notice n on n.id = l.notice_id
      where n.id = ${link.noticeId}::uuid order by l.locale = n.locale desc, l.locale`
    return {
      reference,
      stored: rows.map((row) => readStored(row)),
    }
  })
}
