import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'

/** The bar at the top of every page: the mark, then what the page's frame puts there. */
export function TopBar({ href, children }: { href: string; children: ReactNode }) {
  return (
    <header className="top">
      <a className="mark" href={href}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 14V2h10v3.4H6.4V14z" fill="currentColor" />
        </svg>
        Caveat
      </a>
      {children}
    </header>
  )
}

/** Changes to the other language and comes back to this page. */
export function LanguageSwitch() {
  const next = useHere()
  const other = getLocale() === 'ja' ? 'en' : 'ja'
  return (
    <form method="post" action="/language">
      <input type="hidden" name="next" value={next} />
      <button type="submit" className="word" name="locale" value={other} lang={other}>
        {other === 'ja' ? '日本語' : 'English'}
      </button>
    </form>
  )
}

/** The address of this page, to come back to. */
export function useHere(): string {
  const { pathname, search } = useLocation()
  return `${pathname}${search}`
}

/** Looks for a notice from anywhere. `id` tells the field of the bar from that of the menu. */
export function SearchForm({ id, placeholder }: { id: string; placeholder: string }) {
  return (
    <search className="find">
      <form action="/notices">
        <label className="sr" htmlFor={id}>
          {m.ui_search()}
        </label>
        <input id={id} name="q" type="search" placeholder={placeholder} />
      </form>
    </search>
  )
}
