import { m } from '#app/generated/messages/messages.js'
import { judgeSignature } from '#app/notices/filing-signing.ts'
import type { Signature } from './mandate.ts'

/** A mandate's signature, or what is wrong at which field. */
export type MandateSigned =
  | { readonly signs: true; readonly signature: Signature }
  | { readonly signs: false; readonly errors: Record<string, string[]> }

/**
 * Whether somebody signs a mandate for the member: for himself, with the name of his own account and a capacity.
 *
 * @param names the account's name, in both scripts if it has both
 */
export function judgeMemberSignature(
  { signName, capacity }: { signName: string; capacity: string },
  names: { readonly name: string; readonly nameOther: string | null },
): MandateSigned {
  const verdict = judgeSignature({ signName, capacity, statement: [], shown: [] }, [], names)
  if (verdict.signs) return { signs: true, signature: { name: verdict.name, capacity: verdict.capacity } }
  const { faults } = verdict
  return {
    signs: false,
    errors: {
      ...(faults.includes('name-missing') && { signName: [m.mandates_error_sign_name()] }),
      ...(faults.includes('name-differs') && { signName: [m.mandates_error_sign_differs({ name: names.name })] }),
      ...(faults.includes('capacity-missing') && { capacity: [m.mandates_error_capacity()] }),
    },
  }
}
