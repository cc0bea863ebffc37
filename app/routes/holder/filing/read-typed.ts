import { parseWithZod } from '@conform-to/zod/v4'
import type { z } from 'zod'

/** The fields of a form as the draft keeps them. */
export type KeptFields = Readonly<Record<string, string | readonly string[]>>

/**
 * Reads a form in the middle of typing. A field that cannot be read yet, such as half an address, holds up no other: it counts
 * as the draft keeps it.
 *
 * @param kept asked for only where a field cannot be read
 * @returns null where even so the form is none
 */
export async function readTyped<Value>(
  form: FormData,
  schema: z.ZodType<Value>,
  kept: () => Promise<KeptFields>,
): Promise<{ readonly value: Value; readonly whole: boolean } | null> {
  const read = parseWithZod(form, { schema })
  if (read.status === 'success') return { value: read.value, whole: true }
  // A fault in a list stands at its entry, `act[0]`.
  const unread = new Set(Object.keys(read.error ?? {}).map((path) => path.replace(/[.[].*$/u, '')))
  const fields = await kept()
  const again = new FormData()
  for (const [name, value] of form) if (!unread.has(name)) again.append(name, value)
  for (const name of unread) for (const value of [fields[name] ?? []].flat()) again.append(name, value)
  const second = parseWithZod(again, { schema })
  return second.status === 'success' ? { value: second.value, whole: false } : null
}
