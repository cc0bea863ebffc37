import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName, Tone } from './icons.ts'

/** A sign and its word. The shape says what kind of thing it is, the tone what it means. */
export function Badge({
  icon,
  tone = 'ink',
  wrap = false,
  children,
}: {
  icon: IconName
  tone?: Tone
  wrap?: boolean
  children: ReactNode
}) {
  return (
    <span className={`st${tone === 'ink' ? '' : ` ${tone}`}${wrap ? ' wrap' : ''}`}>
      <Icon name={icon} />
      {children}
    </span>
  )
}
