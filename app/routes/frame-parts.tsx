import type { OrganisationKind } from '#app/accounts/organisation.ts'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatDate, sentenceGap } from '#app/ui/format.ts'
import { Icon } from '#app/ui/icon.tsx'
import { languageOf, nameIn } from '#app/ui/language-of.ts'
import { LanguageSwitch, SearchForm, TopBar, useHere } from '#app/ui/top-bar.tsx'
import { placeOf, railOf, type Place } from './navigation.ts'

interface Named {
  readonly name: string
  readonly nameOther: string | null
}

/** What the frame shows of the session. */
export interface FrameFacts {
  readonly person: Named & { readonly timeZone: string }
  /** Sees what an owner sees of the settings. */
  readonly maySettle: boolean
  readonly organisation: Named & {
    readonly id: string
    readonly kind: OrganisationKind
    readonly isDemo: boolean
    /** When it is erased, as it asked. ISO 8601. */
    readonly closesAt: string | null
  }
  readonly organisations: readonly (Named & { readonly id: string })[]
}

/** That the organisation closes: on every page, for everybody in it. */
export function ClosingBanner({ facts: { organisation, person, maySettle } }: { facts: FrameFacts }) {
  if (organisation.closesAt === null) return null
  const date = formatDate(organisation.closesAt, person.timeZone)
  return (
    <aside className="banner late" aria-label={m.closing_title()}>
      {m.closing_banner({ organisation: read(organisation), date })}
      {sentenceGap()}
      {maySettle && <a href="/settings/close">{m.closing_banner_link()}</a>}
    </aside>
  )
}

/** The top bar; under 64 rem everything but the mark and the organisation lies in the menu. */
export function FrameBar({ facts, path }: { facts: FrameFacts; path: string }) {
  const { kind } = facts.organisation
  const placeholder = kind === 'vendor' ? m.ui_search_vendor() : m.ui_search_holder()
  const searches = kind === 'vendor' || kind === 'rights_holder'
  return (
    <TopBar href={railOf[kind][0].href}>
      <OrganisationSwitch facts={facts} />
      {searches && <SearchForm id="find" placeholder={placeholder} />}
      <nav className="self" aria-label={m.ui_self()}>
        <LanguageSwitch />
        <details className="drop">
          <summary>{read(facts.person)}</summary>
          <PersonLinks />
        </details>
      </nav>
      <details className="menu drop">
        <summary>
          <Icon name="i-menu" />
          {m.ui_menu()}
        </summary>
        <div>
          {searches && <SearchForm id="find-in-menu" placeholder={placeholder} />}
          <Rail kind={kind} path={path} />
          <PersonLinks />
          <LanguageSwitch />
        </div>
      </details>
    </TopBar>
  )
}

/** The pages of this kind of organisation. */
export function Rail({ kind, path }: { kind: OrganisationKind; path: string }) {
  const rail: readonly Place[] = railOf[kind]
  const here = placeOf(rail, path)
  return (
    <ul className="m">
      {rail.map((place) => (
        <li key={place.href} className={place.cut === true ? 'cut' : undefined}>
          <a
            href={place.href}
            aria-current={place === here ? (path === place.href ? 'page' : 'true') : undefined}
            data-go={place.key}
          >
            {place.label()}
          </a>
        </li>
      ))}
    </ul>
  )
}

function PersonLinks() {
  return (
    <ul className="m">
      <li>
        <a href="/keyboard">{m.ui_nav_keyboard()}</a>
      </li>
      <li>
        <form method="post" action="/sign-out">
          <button type="submit" className="word">
            {m.ui_sign_out()}
          </button>
        </form>
      </li>
    </ul>
  )
}

function OrganisationSwitch({ facts: { organisation, organisations } }: { facts: FrameFacts }) {
  const next = useHere()
  const name = read(organisation)
  if (organisations.length < 2) {
    return (
      <span className="org" lang={languageOf(name)}>
        {name}
      </span>
    )
  }
  return (
    <details className="org drop">
      <summary aria-label={m.ui_organisation_switch({ name })}>
        <span lang={languageOf(name)}>{name}</span>
      </summary>
      <form method="post" action="/organisation">
        <input
          type="hidden"
          name="next"
          value={next.startsWith('/settings') || next.startsWith('/team') ? next : '/home'}
        />
        {organisations.map((one) => (
          <button
            key={one.id}
            type="submit"
            className="word"
            name="organisationId"
            value={one.id}
            lang={languageOf(read(one))}
            aria-current={one.id === organisation.id ? 'true' : undefined}
          >
            {read(one)}
          </button>
        ))}
      </form>
    </details>
  )
}

function read({ name, nameOther }: Named): string {
  return nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther)
}
