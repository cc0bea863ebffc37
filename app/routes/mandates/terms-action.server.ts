import { parseWithZod } from '@conform-to/zod/v4'
import type { SubmissionResult } from '@conform-to/react'
import { data } from 'react-router'
import type { Member } from '#app/accounts/viewer.server.ts'
import { keepDocument, maxDocumentBytes } from '#app/associations/keep-document.server.ts'
import type { Signature, Terms } from '#app/associations/mandate.ts'
import { refusalWords } from '#app/associations/mandate-words.ts'
import { judgeMemberSignature } from '#app/associations/sign-mandate.ts'
import { termsForm, termsIn } from '#app/associations/terms-form.ts'
import type { MandateDocument } from '#app/associations/write-version.server.ts'
import { m } from '#app/generated/messages/messages.js'

/** Terms as they were sent: with the paper that was kept, and the member's signature. */
export interface SentTerms {
  readonly sent: true
  readonly terms: Terms
  readonly document: MandateDocument | null
  readonly signature: Signature | null
  /** The form once more, with why the act was refused. */
  readonly again: (because: string) => Again
}

/** The form that came back. */
export type Again = ReturnType<typeof data<{ result: SubmissionResult }>>

// Room for the fields beside the file.
const maxFormBytes = maxDocumentBytes + 512 * 1024

/**
 * Reads the form of a mandate's terms.
 *
 * @param member who signs; null where the association offers
 */
export async function readTerms(
  request: Request,
  member: Member | null,
): Promise<SentTerms | { readonly sent: false; readonly again: Again }> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (!(length <= maxFormBytes)) throw new Response(null, { status: 413 })
  const form = await request.formData()
  const file = form.get('document')
  form.delete('document')
  const submission = parseWithZod(form, { schema: termsForm })
  if (submission.status !== 'success') return { sent: false, again: data({ result: submission.reply() }, 400) }
  const { signName, capacity } = submission.value
  const refuse = (fieldErrors: Record<string, string[]>) =>
    ({ sent: false, again: data({ result: submission.reply({ fieldErrors }) }, 400) }) as const
  const signed = member === null ? null : judgeMemberSignature({ signName, capacity }, member)
  if (signed !== null && !signed.signs) return refuse(signed.errors)
  const document = file instanceof File && file.size > 0 ? await keepDocument(file) : null
  if (document !== null && !document.kept)
    return refuse({
      document: [document.because === 'kind' ? m.mandates_error_document_kind() : m.mandates_error_document_large()],
    })
  return {
    sent: true,
    terms: termsIn(submission.value),
    document: document?.document ?? null,
    signature: signed?.signature ?? null,
    again: (because) =>
      data({ result: submission.reply({ formErrors: [refusalWords[because]?.() ?? m.mandates_refused_gone()] }) }, 409),
  }
}
