import type { Pack } from './basis.ts'
import { ceaseDesist1 } from './cease-desist-1.ts'

/**
 * The second version: the common letter says what is complained of, in a section of its own, and an output that is
 * described says when it was captured.
 */
export const ceaseDesist2 = {
  ...ceaseDesist1,
  version: 2,
  frame: 2,
  elements: [
    ...ceaseDesist1.elements,
    { element: 'captured', level: 'R_outputs' },
    { element: 'location_works', level: 'R' },
  ],
  words: {
    en: { ...ceaseDesist1.words.en, heading: null },
    ja: { ...ceaseDesist1.words.ja, heading: null },
  },
} as const satisfies Pack
