import { z } from 'zod'
import type { Cursor } from './notice-query.ts'

/** Which works the table of a form shows: the words it looks for, and where its page begins. */
export interface WorksLook {
  readonly text: string
  readonly cursor: Cursor
}

/** The table of a form that was just opened. */
export const firstLook: WorksLook = { text: '', cursor: null }

/** Reads which works the table of a form is to show, from what the form sent. */
export function lookOf(form: FormData): WorksLook {
  const [name = '', at = ''] = textIn(form.get('intent')).split(':')
  const id = z.uuid().safeParse(at)
  return { text: textIn(form.get('q')).trim().slice(0, 200), cursor: id.success ? cursorOf(name, id.data) : null }
}

/** Whether a form was only sent to look at other works. */
export function isLook(form: FormData): boolean {
  return /^(?:look$|after:|before:)/.test(textIn(form.get('intent')))
}

function cursorOf(name: string, at: string): Cursor {
  if (name === 'before') return { before: at }
  return name === 'after' ? { after: at } : null
}

function textIn(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : ''
}
