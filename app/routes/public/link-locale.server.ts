import type { MiddlewareFunction } from 'react-router'
import { readCookie } from '#app/accounts/cookies.ts'
import { findViewer, languageCookie, speak } from '#app/accounts/viewer.server.ts'
import { findLinkedLocale } from '#app/associations/find-received.server.ts'
import { withLink } from '#app/platform/db.server.ts'
import { withLocale, type Locale } from '#app/platform/locale.server.ts'

/** The pages of a mail link speak the contact's language until the reader chooses another. */
export const speakToContact = speakAs(async (token) => {
  const opened = await withLink(token, async (_tx, { locale }) => locale)
  if (!opened.open) return null
  return opened.value === 'ja' ? 'ja' : 'en'
})

/** The same for the link of a collective mail. */
export const speakToCollectiveContact = speakAs(findLinkedLocale)

function speakAs(localeOf: (token: string) => Promise<Locale | null>): MiddlewareFunction<Response> {
  return async ({ request, params, context }, next) => {
    const chosen = findViewer(context) ?? readCookie(request.headers.get('cookie'), languageCookie)
    if (chosen !== undefined) return next()
    const locale = await localeOf(params['token'] ?? '')
    if (locale === null) return next()
    speak(context, locale)
    return withLocale(locale, () => next())
  }
}
