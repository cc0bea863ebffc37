import type { ReactNode } from 'react'
import { stretches } from './rich.ts'

/** A message whose marked stretches are shown as such. */
export function Rich({ text }: { text: string }) {
  const parts: ReactNode[] = []
  let at = 0
  for (const match of text.matchAll(stretches)) {
    parts.push(text.slice(at, match.index))
    parts.push(match[1] === undefined ? <code key={match.index}>{match[2]}</code> : <b key={match.index}>{match[1]}</b>)
    at = match.index + match[0].length
  }
  return [...parts, text.slice(at)]
}
