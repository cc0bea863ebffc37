import { cutText } from '#app/ui/cut-text.ts'
import { m } from '#app/generated/messages/messages.js'
import { oneLine } from './letter-words.ts'

/** Who answers by a link, and the code with which. */
export interface LinkWho {
  readonly name: string
  readonly role: string
  readonly code: string
}

/** Reads who answers; what is missing is said by the name of its field. */
export function readLinkWho(get: (field: string) => string): { typed: LinkWho; said: Record<string, string> } {
  const line = (field: string) => oneLine(cutText(get(field), 120))
  const typed = { name: line('name'), role: line('role'), code: get('code').trim().slice(0, 40) }
  const said = {
    ...(typed.name === '' ? { name: m.mails_answer_fault_name() } : {}),
    ...(typed.role === '' ? { role: m.mails_answer_fault_role() } : {}),
    ...(typed.code === '' ? { code: m.sheets_link_code_wrong() } : {}),
  }
  return { typed, said }
}

/** Why a code is not taken; nothing for a good one. */
export function codeFault(verdict: 'good' | 'expired' | 'wrong' | 'too-often' | 'unknown-link'): string | undefined {
  switch (verdict) {
    case 'good':
      return undefined
    case 'expired':
      return m.sheets_link_code_expired()
    case 'too-often':
      return m.mails_answer_fault_often()
    case 'wrong':
    case 'unknown-link':
    default:
      return m.sheets_link_code_wrong()
  }
}
