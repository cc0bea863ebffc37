import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icons.ts'

/** Amber: someone must decide. Vermilion: failed or late. Green: checked or done. Grey: information. */
export type NoteTone = 'question' | 'late' | 'agreed' | 'info'

const signs = { question: 'w-due', late: 'w-overdue', agreed: 'i-check', info: 'i-info' } as const satisfies Record<
  NoteTone,
  IconName
>

/** A note on the page; at most one of each tone. With `status`, it says what the page before has done. */
export function Note({ tone, status = false, children }: { tone: NoteTone; status?: boolean; children: ReactNode }) {
  return (
    <div className={tone === 'info' ? 'note' : `note ${tone}`} role={status ? 'status' : undefined}>
      <Icon name={signs[tone]} />
      <div>{children}</div>
    </div>
  )
}
