import type { ReactNode } from 'react'

/** A letter as paper, in a region that can be scrolled by keys; `full` shows all of it. */
export function LetterBlock({
  label,
  lang,
  full = false,
  children,
}: {
  label: string
  lang: 'en' | 'ja'
  full?: boolean
  children: ReactNode
}) {
  if (full) {
    return (
      <article className="letter full" lang={lang} aria-label={label}>
        {children}
      </article>
    )
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keys
    <section className="letter" lang={lang} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
