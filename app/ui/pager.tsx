import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'

/** Addresses of the pages before and after; absent at the ends. */
export interface Pages {
  readonly previous?: string | undefined
  readonly next?: string | undefined
}

/** Under a table: what is shown of what, the pages, the file. */
export function TableFoot({ shown, pages, file }: { shown: ReactNode; pages?: Pages; file?: ReactNode }) {
  return (
    <div className="foot">
      <span>{shown}</span>
      {pages !== undefined && <Pager {...pages} />}
      {file}
    </div>
  )
}

/** Links to the page before and the page after. Nothing on a list of one page. */
export function Pager({ previous, next }: Pages) {
  if (previous === undefined && next === undefined) return null
  return (
    <nav className="pager" aria-label={m.ui_pages()}>
      {previous !== undefined && (
        <a href={previous} rel="prev">
          {m.ui_page_previous()}
        </a>
      )}
      {next !== undefined && (
        <a href={next} rel="next">
          {m.ui_page_next()}
        </a>
      )}
    </nav>
  )
}
