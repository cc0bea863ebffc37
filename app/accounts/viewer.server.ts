import { createContext, redirect, type MiddlewareFunction, type RouterContextProvider } from 'react-router'

import { findSession, type Session } from '#app/platform/auth.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'

import { readCookie } from './cookies.ts'
import { isAboutSignIn, isFresh } from './fresh-sign-in.ts'
import type { Locale } from './forms.ts'
import { localeFor } from './language.ts'
import type { OrganisationKind } from './organisation.ts'
import type { Role } from './roles.ts'

/** One organisation a person belongs to, with what they are in it. */
export type Belonging = {
  id: string
  kind: OrganisationKind
  slug: string
  name: string
  nameOther: string | null
  role: Role
  verified: boolean
  isDemo: boolean
  timeZone: string
  /** Its members need more than a password. */
  secondFactor: boolean
  /** When it is erased, as it asked; null while it stays. ISO 8601. */
  closesAt: string | null
}

/** Whoever is signed in. */
export type Viewer = {
  personId: string
  sessionId: string
  signedInAt: Date
  /** More than a password opened the session. */
  strong: boolean
  name: string
  nameOther: string | null
  email: string
  locale: Locale
  timeZone: string
  /** `null`: as the reader's system says. */
  theme: 'light' | 'dark' | null
  shortcuts: boolean
  isDemo: boolean
  memberships: readonly Belonging[]
}

/** A viewer who acts for one of their organisations. */
export type Member = Viewer & { organisation: Belonging }

type Asking = { viewer: Viewer | undefined; organisationId: string | undefined; locale: Locale; path: string }

const asking = createContext<Asking>()

/** The cookie that says for which organisation a person acts. */
export const organisationCookie = 'caveat-organisation'
/** The cookie that remembers a language before anybody signs in. */
export const languageCookie = 'caveat-language'

/** The language that a browser asks for: the one chosen there before, else its own. */
export function wantedLocale(headers: Headers): Locale {
  return localeFor({
    cookie: readCookie(headers.get('cookie'), languageCookie),
    acceptLanguage: headers.get('accept-language'),
  })
}

/** Finds out once a request who asks and in which language, for everything inside. */
export const viewerMiddleware: MiddlewareFunction<Response> = async ({ request, context }, next) => {
  const cookies = request.headers.get('cookie')
  const session = /(?:^|;\s*)(?:__Host-)?caveat-session=/.test(cookies ?? '')
    ? await findSession(request.headers)
    : undefined
  const viewer = session && (await findViewerOf(session.session))
  const locale = viewer?.locale ?? wantedLocale(request.headers)
  const url = new URL(request.url)
  context.set(asking, {
    viewer,
    organisationId: readCookie(cookies, organisationCookie),
    locale,
    path: `${url.pathname}${url.search}`,
  })
  return withLocale(locale, () => next())
}

type Context = Readonly<RouterContextProvider>

/** Whoever is signed in, or undefined. */
export function findViewer(context: Context): Viewer | undefined {
  return context.get(asking).viewer
}

/** The language of this answer. */
export function localeOf(context: Context): Locale {
  return context.get(asking).locale
}

/** Answers in another language than was found, within `withLocale` of that language: for a page that knows its reader's. */
export function speak(context: Context, locale: Locale): void {
  context.set(asking, { ...context.get(asking), locale })
}

/** Whoever is signed in; nobody is sent to sign in first and comes back. */
export function requireViewer(context: Context): Viewer {
  const { viewer, path } = context.get(asking)
  if (!viewer) throw redirect(`/sign-in?next=${encodeURIComponent(path)}`, 303)
  return viewer
}

/** Whoever signed in a moment ago, for acts that change how one signs in; others sign in once more and come back. */
export function requireFreshViewer(context: Context): Viewer {
  const viewer = requireViewer(context)
  const { path } = context.get(asking)
  if (!isFresh(viewer, now())) throw redirect(`/sign-in?again&next=${encodeURIComponent(path)}`, 303)
  return viewer
}

/** The organisation this person acts for now: the chosen one while they belong to it, else their first. */
export function findMember(context: Context): Member | undefined {
  const { viewer, organisationId } = context.get(asking)
  const organisation = viewer?.memberships.find(({ id }) => id === organisationId) ?? viewer?.memberships[0]
  return viewer && organisation && { ...viewer, organisation }
}

/**
 * A viewer who acts for an organisation, of one of these kinds if any are named.
 *
 * @throws a redirect to founding one for people without any, or to the second factor that the organisation wants of them,
 * and 404 for an organisation of another kind: there is no such page for it
 */
export function requireMember(context: Context, kinds?: readonly OrganisationKind[]): Member {
  requireViewer(context)
  const member = findMember(context)
  if (!member) throw redirect('/welcome', 303)
  const { path } = context.get(asking)
  if (member.organisation.secondFactor && !member.strong && !isAboutSignIn(path))
    throw redirect('/settings/second-factor?needed', 303)
  if (kinds && !kinds.includes(member.organisation.kind)) throw new Response(null, { status: 404 })
  return member
}

type PersonRow = Omit<Viewer, keyof OfSession | 'memberships' | 'personId'> & { id: string; memberships: Belonging[] }
type OfSession = Pick<Viewer, 'sessionId' | 'signedInAt' | 'strong'>

async function findViewerOf({ personId, id: sessionId, signedInAt, strong }: Session): Promise<Viewer | undefined> {
  const [found] = await withPerson(
    personId,
    (tx) => tx.$queryRaw<{ person: PersonRow }[]>`
      select json_build_object('id', p.id, 'name', p.name, 'nameOther', p.name_other, 'email', p.email, 'locale', p.locale,
        'timeZone', p.time_zone, 'theme', p.theme, 'shortcuts', p.shortcuts, 'isDemo', p.is_demo, 'memberships', coalesce((
          select json_agg(json_build_object('id', o.id, 'kind', o.kind, 'slug', o.slug, 'name', o.name, 'nameOther', o.name_other, 'role', m.role,
            'verified', o.verified_at is not null, 'isDemo', o.is_demo, 'timeZone', o.time_zone, 'secondFactor', o.second_factor, 'closesAt', o.closes_at) order by m.created_at, m.id)
          from membership m join organisation o on o.id = m.organisation_id where m.person_id = p.id), '[]'::json)) as person
      from person p where p.id = ${personId}::uuid`,
  )
  if (!found) return undefined
  const { id, ...person } = found.person
  return { ...person, personId: id, sessionId, signedInAt, strong }
}
