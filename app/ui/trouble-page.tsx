import { useContext } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from './button.tsx'
import { RequestNumber } from './request-number.tsx'
import { troubleOf } from './trouble.ts'

/** Instead of a page: what failed, what is safe, a number to quote, and a way on. */
export function TroublePage({ error, place }: { error: unknown; place: 'frame' | 'open' }) {
  const number = useContext(RequestNumber)
  const { title, text, ours } = troubleOf(error, place)
  return (
    <>
      <h1>{title}</h1>
      <p>{text}</p>
      {ours && number !== undefined && <p className="gap">{m.ui_trouble_quote({ number })}</p>}
      <p className="gap-lg">
        <LinkButton href="/home">{m.ui_trouble_home()}</LinkButton>
      </p>
    </>
  )
}
