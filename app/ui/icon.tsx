import sprite from './icons.svg?no-inline'
import type { IconName } from './icons.ts'

/** A sign of the sprite, for the eye only: its word stands beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="i" aria-hidden="true">
      <use href={`${sprite}#${name}`} />
    </svg>
  )
}
