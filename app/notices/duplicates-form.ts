import { z } from 'zod'
import { duplicateChoices, type DuplicateChoices } from './duplicates.ts'

const shown = z.string().regex(/^[0-9a-f-]{36}:[0-9a-f]{64}$/u)

/** What the form of the guard came to: the choices, or the vendors for which none was made. */
export type DuplicatesForm =
  | { readonly complete: true; readonly choices: DuplicateChoices }
  | { readonly complete: false; readonly missing: readonly string[] }

/** Reads a choice for every vendor that the page showed, each bound to what it showed. */
export function readDuplicates(form: FormData): DuplicatesForm {
  const vendors = z.array(shown).max(200).parse(form.getAll('vendor'))
  const chosen = vendors.map((line) => {
    const [vendorId = '', seen = ''] = line.split(':')
    const choice = duplicateChoices.find((each) => each === form.get(`choice-${vendorId}`))
    return { vendorId, seen, choice }
  })
  const missing = chosen.flatMap(({ vendorId, choice }) => (choice === undefined ? [vendorId] : []))
  if (missing.length > 0) return { complete: false, missing }
  return {
    complete: true,
    choices: Object.fromEntries(
      chosen.flatMap(({ vendorId, seen, choice }) => (choice === undefined ? [] : [[vendorId, { choice, seen }]])),
    ),
  }
}
