/** What is wrong with an identifier as written. */
export type Fault =
  | 'empty'
  | 'characters'
  | 'length'
  | 'prefix'
  | 'check-character'
  | 'country'
  | 'scientific-notation'
  | 'header'

/** How a repair was found: shown to the person who decides. */
export type RepairKind = 'leading-zeros' | 'scientific-notation' | 'check-character' | 'prefix'

/** A likely original of a damaged identifier. It is offered to a person and never applied unasked. */
export type Repair = { value: string; how: RepairKind }

/** The answer about one identifier: its normal form, or why it has none. */
export type Verdict = { valid: true; value: string } | { valid: false; because: Fault; repair?: Repair }

/** A valid identifier in its normal form. */
export function valid(value: string): Verdict {
  return { valid: true, value }
}

/** An invalid identifier; `repair` is left out when it is itself invalid. */
export function invalid(because: Fault, how?: RepairKind, repaired?: Verdict): Verdict {
  if (how === undefined || repaired?.valid !== true) return { valid: false, because }
  return { valid: false, because, repair: { value: repaired.value, how } }
}
