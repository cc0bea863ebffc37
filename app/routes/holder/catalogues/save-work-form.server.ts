import type { SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import type { Member } from '#app/accounts/viewer.server.ts'
import { saveWork } from '#app/catalogues/save-work.server.ts'
import { contentOf, workFormFor } from '#app/catalogues/work-form.ts'
import type { WorkRow } from '#app/catalogues/work-row.ts'
import { m } from '#app/generated/messages/messages.js'
import { refuse } from './doors.server.ts'

/** Parses the form of a work, saves it, and leads to the work; what is wrong comes back at its field. */
export async function saveWorkForm(given: {
  member: Member
  catalogueId: string
  form: FormData
  before: WorkRow | null
  newWorkId?: string
}) {
  const { member, catalogueId, form, before } = given
  const submission = parseWithZod(form, { schema: workFormFor(before) })
  if (submission.status !== 'success') return data<{ result: SubmissionResult }>({ result: submission.reply() }, 400)
  const { value } = submission
  const verdict = await saveWork({
    member,
    catalogueId,
    workId: before?.workId ?? null,
    ...(given.newWorkId === undefined ? {} : { newWorkId: given.newWorkId }),
    externalId: value.externalId ?? null,
    basedOn: value.basedOn ?? null,
    content: contentOf(value, before),
  })
  if (verdict.allowed)
    return redirect(`/catalogues/${catalogueId}/works/${verdict.workId}?saved=${verdict.version ?? 'same'}`, 303)
  if (verdict.because === 'no-work') return refuse(404)
  const { errors, status } = refusals[verdict.because]()
  return data<{ result: SubmissionResult }>({ result: submission.reply(errors) }, status)
}

const refusals = {
  'external-id-taken': () => ({
    errors: { fieldErrors: { externalId: [m.catalogues_edit_external_id_taken()] } },
    status: 400,
  }),
  stale: () => ({ errors: { formErrors: [m.catalogues_edit_stale()] }, status: 409 }),
  role: () => ({ errors: { formErrors: [m.catalogues_not_allowed()] }, status: 403 }),
} as const
