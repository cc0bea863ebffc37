import type { RouterContextProvider } from 'react-router'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { findVendorsNotice } from '#app/notices/find-answering.server.ts'
import type { NoticePage } from '#app/notices/find-notice.server.ts'
import { findSheetPage } from '#app/notices/find-sheet-page.server.ts'
import type { SheetPage } from '#app/notices/find-sheet-page.server.ts'
import { namesOf, openSteps } from '#app/notices/notice-view.ts'
import { parseReference } from '#app/notices/reference.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { z } from 'zod'

/** A notice that a member of its vendor answers by files. */
export interface AnsweredNotice {
  readonly member: Member
  readonly page: NoticePage
  readonly holder: string
  /** Answers can be recorded now, by this member. */
  readonly mayAnswer: boolean
}

/** The notice of an address, for a member of its vendor; 404 to anybody else. */
export async function requireAnswered(
  context: Readonly<RouterContextProvider>,
  typed: string,
): Promise<AnsweredNotice> {
  const member = requireMember(context, ['vendor'])
  const reference = parseReference(typed)?.reference
  const page = reference === undefined ? null : await findVendorsNotice(member, reference)
  if (page === null) throw new Response(null, { status: 404 })
  const steps = openSteps(page, { party: 'vendor', role: member.organisation.role })
  const { holder } = namesOf(page.notice, member.locale)
  return { member, page, holder, mayAnswer: steps.includes('outcomes.recorded') }
}

/** The file of answers of an address, for its organisation; 404 to anybody else. */
export async function requireSheet(
  context: Readonly<RouterContextProvider>,
  { reference, sheetId }: { reference: string; sheetId: string },
): Promise<AnsweredNotice & { readonly found: SheetPage }> {
  const answered = await requireAnswered(context, reference)
  const id = z.uuid().safeParse(sheetId)
  const found = id.success
    ? await withPerson(answered.member.personId, (tx) =>
        findSheetPage(tx, { sheetId: id.data, noticeId: answered.page.notice.id }),
      )
    : null
  // A person of two organisations sees the files of the one for which he or she acts.
  if (found === null || found.sheet.organisationId !== answered.member.organisation.id)
    throw new Response(null, { status: 404 })
  return { ...answered, found }
}
