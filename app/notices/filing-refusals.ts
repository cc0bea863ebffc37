/** Why a draft is not filed. What is merely incomplete is told element by element. */
export const filingRefusalCodes = [
  'role-too-low',
  'not-verified',
  'closing',
  'gone',
  'changed',
  'letters-changed',
  'no-contact',
  'too-many-works',
  'duplicates',
  'nothing-left',
  'key-reused',
  'renumbered',
] as const
/** One of `filingRefusalCodes`. */
export type FilingRefusal = (typeof filingRefusalCodes)[number]
