import type { MiddlewareFunction } from 'react-router'
import { readCookie } from '#app/accounts/cookies.ts'
import { findViewer, languageCookie, speak } from '#app/accounts/viewer.server.ts'
import { withLink } from '#app/platform/db.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'

/** The pages of a mail link speak the contact's language until the reader chooses another. */
export const speakToContact: MiddlewareFunction<Response> = async ({ request, params, context }, next) => {
  const chosen = findViewer(context) ?? readCookie(request.headers.get('cookie'), languageCookie)
  if (chosen !== undefined) return next()
  const opened = await withLink(params['token'] ?? '', async (_tx, { locale }) => locale)
  if (!opened.open) return next()
  const locale = opened.value === 'ja' ? 'ja' : 'en'
  speak(context, locale)
  return withLocale(locale, () => next())
}
