import { m } from '#app/generated/messages/messages.js'

/** The first stop of the Tab key: over the bars, to the content. */
export function SkipLink() {
  return (
    <a className="skip" href="#main">
      {m.ui_skip()}
    </a>
  )
}
