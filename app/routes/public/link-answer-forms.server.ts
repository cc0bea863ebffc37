import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { readDefaults, readTyped, type AnswerDraft, type FieldFault } from '#app/notices/answering.ts'
import { confirmByLink } from '#app/notices/confirm-by-link.server.ts'
import { findLinkAnswers, type LinkAnswersPage } from '#app/notices/find-link-answers.server.ts'
import type { LinkVisit } from '#app/notices/find-link-notice.server.ts'
import { codeFault, readLinkWho, type LinkWho } from '#app/notices/link-answers-form.ts'
import type { LinkAnswersAgain } from '#app/notices/link-answers-page.tsx'
import { recordByLink } from '#app/notices/record-by-link.server.ts'
import { uploadFault } from '#app/notices/sheet-upload-words.ts'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { takeSheet } from '#app/notices/take-sheet.server.ts'
import { readUpload } from '#app/platform/upload.server.ts'

interface Asked {
  readonly token: string
  readonly visit: LinkVisit
}

/** A form that comes back with what is wrong. */
interface Back {
  readonly again: LinkAnswersAgain
  readonly status: 400 | 404 | 409 | 413 | 429
}

type Typed = { form: 'all' | 'file'; typed: LinkWho; defaults?: AnswerDraft['defaults'] }

function back(
  { form, typed, defaults = {} }: Typed,
  said: Readonly<Record<string, string>>,
  { status = 400, faults = [] }: { status?: Back['status']; faults?: readonly FieldFault[] } = {},
): Back {
  return { again: { form, typed, defaults, faults, said }, status }
}

/** Records the answers for all works, if everything typed fits and the code is good. */
export async function takeAll(asked: Asked, form: FormData): Promise<Back | { recorded: true }> {
  const { token, visit } = asked
  const page = await findAnswerable(asked)
  const { typed, said: missing } = readLinkWho((field) => textOf(form, field))
  if (page === null) return back({ form: 'all', typed }, { form: m.sheets_link_closed() }, { status: 409 })
  const measures = page.notice.measures.map(({ measure }) => measure)
  const again = { form: 'all', typed, defaults: readTyped(form, measures) } as const
  const { settings, faults } = readDefaults({ defaults: again.defaults, clear: false }, measures)
  const nothing = settings.length + faults.length === 0 ? { form: m.vendors_answer_fault_nothing_set() } : {}
  const wrong = { ...missing, ...nothing }
  // A code is judged once all the rest fits: a typing error elsewhere uses up no try.
  if (Object.keys(wrong).length + faults.length > 0) return back(again, wrong, { faults })
  const refused = await refusedCode(token, typed)
  if (refused !== null) return back(again, refused.said, { status: refused.status })
  const recorded = await recordByLink({ token, name: typed.name, role: typed.role, settings, visit })
  if (!recorded.open) return back(again, { form: m.sheets_link_closed() }, { status: 409 })
  if (recorded.value.came === 'recorded') return { recorded: true }
  const said = explainUntaken('outcomes.recorded', recorded.value.refusal, page.notice.timeZone)
  return back(again, { form: said }, { status: 409 })
}

/** Takes a file of answers, if the code before it is good: without one nothing is kept of it. */
export async function takeFile(asked: Asked, request: Request): Promise<Back | { sheetId: string }> {
  const { token, visit } = asked
  const upload = await readUpload(request, 'file')
  const { typed, said } = readLinkWho((field) => upload?.fields.get(field) ?? '')
  const again = { form: 'file', typed } as const
  if (upload === undefined) return back(again, { file: m.sheets_upload_none() })
  if (Object.keys(said).length > 0) return back(again, said)
  const page = await findAnswerable(asked)
  if (page === null) return back(again, { form: m.sheets_link_closed() }, { status: 409 })
  const refused = await refusedCode(token, typed)
  if (refused !== null) return back(again, refused.said, { status: refused.status })
  const { name, role } = typed
  const bearer = { name, role, networkAddress: visit.networkAddress }
  const taken = await takeSheet({
    sender: { by: 'link', linkId: page.link.id, bearer },
    notice: page.notice,
    locale: getLocale() === 'ja' ? 'ja' : 'en',
    fileName: upload.fileName,
    content: upload.content,
  })
  if (taken.taken) return { sheetId: taken.sheetId }
  return back(again, { file: uploadFault(taken) }, { status: taken.because === 'too-large' ? 413 : 400 })
}

/** What is said of a code that is not taken. */
export async function refusedCode(
  token: string,
  { code }: LinkWho,
): Promise<{ said: { code: string }; status: 400 | 429 } | null> {
  const verdict = await confirmByLink(token, code)
  const fault = codeFault(verdict)
  if (fault === undefined) return null
  return { said: { code: fault }, status: verdict === 'too-often' ? 429 : 400 }
}

async function findAnswerable({ token, visit }: Asked): Promise<LinkAnswersPage | null> {
  const opened = await findLinkAnswers(token, visit)
  return opened.open && opened.value.mayAnswer ? opened.value : null
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field)
  return typeof value === 'string' ? value : ''
}
