import { parseWithZod } from '@conform-to/zod/v4'
import { languageForm, safePath } from '#app/accounts/forms.ts'
import { saveLanguage } from '#app/accounts/save-person.server.ts'
import { findViewer, languageCookie } from '#app/accounts/viewer.server.ts'
import type { Route } from './+types/language.ts'
import { goOn, rememberChoice } from './answers.ts'

/** There is no page here: the bar of every page posts to it. */
export function loader(): never {
  throw new Response(null, { status: 404 })
}

/** Changes the language of the screens: for this browser, and for the person if one is signed in. */
export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: languageForm })
  if (submission.status !== 'success') throw new Response(null, { status: 400 })
  const { locale, next } = submission.value
  const viewer = findViewer(context)
  if (viewer) await saveLanguage(viewer, locale)
  return goOn(safePath(next, '/'), [rememberChoice(languageCookie, locale)])
}
