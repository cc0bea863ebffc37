import { withLink, type LinkResult, type OpenLink } from '#app/platform/db.server.ts'
import { findSheetPage, type SheetPage } from './find-sheet-page.server.ts'
import { getLinkNotice, logVisit, unlooked, type LinkNotice, type LinkVisit } from './find-link-notice.server.ts'
import { stepsOpenTo } from './lifecycle.ts'

/** What the page for answering by a link shows. */
export interface LinkAnswersPage {
  readonly link: OpenLink
  readonly notice: LinkNotice
  /** Answers can be recorded by whoever types the code. */
  readonly mayAnswer: boolean
  /** The file of the address; null where none was asked for, or there is none of this link. */
  readonly found: SheetPage | null
}

/** The page for answering by a mail link, and a file that was sent by it. Reading it only leaves a line in the access log. */
export function findLinkAnswers(
  token: string,
  visit: LinkVisit,
  sheetId?: string,
): Promise<LinkResult<LinkAnswersPage>> {
  return withLink(token, async (tx, link) => {
    await logVisit(tx, link, visit)
    const notice = await getLinkNotice(tx, link)
    const { id: noticeId, stage, taken } = notice
    const open = stepsOpenTo({ party: 'link', confirmed: true }, { ...unlooked, stage, taken })
    const found = sheetId === undefined ? null : await findSheetPage(tx, { sheetId, noticeId })
    return { link, notice, mayAnswer: !link.readOnly && open.includes('outcomes.recorded'), found }
  })
}
