import { redirect, type RouterContextProvider } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import type { FilingView } from '#app/notices/filing-view.ts'
import { letterLocales } from '#app/notices/legal-bases/basis.ts'
import { previewLetters } from '#app/notices/preview-letters.server.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { DraftSaved } from '#app/notices/save-draft.server.ts'
import type { StepTrouble } from '#app/notices/filing-note.tsx'

type Context = Readonly<RouterContextProvider>

/** A member of a rights holder: nobody else files. */
export function requireFiler(context: Context): Member {
  return requireMember(context, ['rights_holder'])
}

/** The id in an address; anything else than an id is a page that does not exist. */
export function draftIdOf(params: { draftId: string }): string {
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(params.draftId)) throw new Response(null, { status: 404 })
  return params.draftId
}

/** Opens a draft for a page of the wizard; once it is filed, every page of it leads to the filing. */
export async function openDraft(
  { context, params, request }: { context: Context; params: { draftId: string }; request: Request },
  { withDuplicates = false }: { withDuplicates?: boolean } = {},
): Promise<FilingView> {
  const member = requireFiler(context)
  const asked = new URL(request.url).searchParams.get('letter')
  const locale = letterLocales.find((known) => known === asked)
  const preview = await previewLetters({ member, draftId: draftIdOf(params), locale, withDuplicates })
  // oxlint-disable-next-line typescript/only-throw-error
  if (preview === null) throw new Response(null, { status: 404 })
  // oxlint-disable-next-line typescript/only-throw-error
  if (preview.draft.filingReference !== null) throw goTo(`/filings/${preview.draft.filingReference}`)
  return {
    preview,
    letterLocale: locale ?? preview.draft.content.locale,
    timeZone: member.timeZone,
    personId: member.personId,
    personEmail: member.email,
    personName: nameIn(member.locale, member.name, member.nameOther),
    mayFile: mayDo(member.organisation.role, 'file-notices'),
  }
}

/** Goes on after a form was sent. */
export function goTo(path: string): Response {
  return redirect(path, 303)
}

/**
 * Why a step was not saved, for its page.
 *
 * @throws the way on where the step has no page any more: the draft is gone, or it was filed meanwhile
 */
export function troubleOf(saved: Extract<DraftSaved, { saved: false }>): StepTrouble {
  // oxlint-disable-next-line typescript/only-throw-error
  if (saved.because === 'gone') throw new Response(null, { status: 404 })
  // oxlint-disable-next-line typescript/only-throw-error
  if (saved.because === 'filed') throw goTo(`/filings/${saved.filingReference}`)
  if (saved.because === 'changed') return { because: 'changed', by: saved.by, at: saved.at }
  return { because: saved.because }
}
