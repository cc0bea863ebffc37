import { getLinkNotice, logVisit } from '#app/notices/find-link-notice.server.ts'
import { getLetterPdf } from '#app/notices/get-letter-pdf.server.ts'
import { withLink } from '#app/platform/db.server.ts'
import { answerPdf, languageAsked } from '#app/routes/notices/pdf-answer.server.ts'
import type { Route } from './+types/link-letter-pdf.ts'
import { visitOf } from './link-visit.ts'

/** The letter of the notice behind a mail link as PDF; no account is needed. */
export async function loader({ request, params, context }: Route.LoaderArgs): Promise<Response> {
  const opened = await withLink(params.token, async (tx, link) => {
    await logVisit(tx, link, visitOf(request, context, 'letter'))
    const { reference } = await getLinkNotice(tx, link)
    return { reference, given: await getLetterPdf(tx, { reference, locale: languageAsked(request), translated: true }) }
  })
  if (!opened.open || opened.value.given === null) return new Response(null, { status: 404 })
  return answerPdf(opened.value.given, `${opened.value.reference}-letter`)
}
