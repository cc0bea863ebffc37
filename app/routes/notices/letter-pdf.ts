import { requireMember } from '#app/accounts/viewer.server.ts'
import { getLetterPdf } from '#app/notices/get-letter-pdf.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { Route } from './+types/letter-pdf.ts'
import { answerPdf, languageAsked } from './pdf-answer.server.ts'

/** The letter of a notice as PDF, for a member of one of its sides. */
export async function loader({ context, params, request }: Route.LoaderArgs): Promise<Response> {
  const { personId } = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const reference = parseReference(params.reference)?.reference
  const given =
    reference === undefined
      ? null
      : await withPerson(personId, (tx) =>
          getLetterPdf(tx, { reference, locale: languageAsked(request), translated: true }),
        )
  if (reference === undefined || given === null) return new Response(null, { status: 404 })
  return answerPdf(given, `${reference}-letter`)
}
