import { normalText } from '#app/platform/normal-text.ts'
import type { BasisFormValue } from './filing-forms.ts'
import { statementsWanted } from './filing-facts.ts'
import type { StatementId } from './legal-bases/basis.ts'
import { oneLine } from './letter-words.ts'

/** What keeps a signature from being one. */
export type SigningFault =
  | 'other-statements'
  | 'statement-missing'
  | 'name-missing'
  | 'name-differs'
  | 'capacity-missing'

/** A form that signs, one that does not try to, or what is missing. */
export type SigningVerdict =
  | {
      readonly signs: true
      readonly name: string
      readonly capacity: string
      readonly statements: readonly StatementId[]
    }
  | { readonly signs: false; readonly faults: readonly SigningFault[] }

/** What a signatory ticks and types. */
export type SignatureForm = Pick<BasisFormValue, 'statement' | 'shown' | 'signName' | 'capacity'>

/**
 * Whether a form is signed: every statement ticked that stood on the page, the signatory's own account name typed, and the
 * capacity. A form without name and tick is merely saved.
 *
 * @param names the account's name, in both scripts if it has both
 */
export function judgeSigning(
  form: Pick<BasisFormValue, 'basis' | 'statement' | 'shown' | 'signName' | 'capacity'>,
  names: { readonly name: string; readonly nameOther: string | null },
): SigningVerdict {
  if (oneLine(form.signName) === '' && form.statement.length === 0) return { signs: false, faults: [] }
  return judgeSignature(form, statementsWanted({ bases: form.basis }), names)
}

/**
 * The same where nothing else is saved: an empty form lacks everything.
 *
 * @param wanted the statements that must be ticked
 */
export function judgeSignature(
  form: SignatureForm,
  wanted: readonly StatementId[],
  names: { readonly name: string; readonly nameOther: string | null },
): SigningVerdict {
  const typed = oneLine(form.signName)
  const capacity = oneLine(form.capacity)
  const name = [names.name, names.nameOther].find((own) => own !== null && sameName(own, typed))
  const faults: SigningFault[] = [
    ...(sameSet(wanted, form.shown) ? [] : (['other-statements'] as const)),
    ...(wanted.every((statement) => form.statement.includes(statement)) ? [] : (['statement-missing'] as const)),
    ...(typed === '' ? (['name-missing'] as const) : name ? [] : (['name-differs'] as const)),
    ...(capacity === '' ? (['capacity-missing'] as const) : []),
  ]
  if (faults.length > 0 || !name) return { signs: false, faults }
  return { signs: true, name: oneLine(name), capacity, statements: wanted }
}

function sameName(own: string, typed: string): boolean {
  return folded(own) === folded(typed)
}

// Width, case and spaces make no other person; a missing letter does.
function folded(name: string): string {
  return oneLine(normalText(name, 'NFKC')).toLowerCase().replaceAll(' ', '')
}

function sameSet(one: readonly StatementId[], other: readonly StatementId[]): boolean {
  const wanted = new Set<string>(one)
  return wanted.size === new Set(other).size && other.every((each) => wanted.has(each))
}
