import type { Pack } from './basis.ts'
import { commonElements1, commonStatements1 } from './every-notice-1.ts'

/** The plain request: it rests on no statute and asks that works be kept out of training. */
export const exclusionRequest1 = {
  id: 'EXCLUSION_REQUEST',
  version: 1,
  frame: 1,
  fits: { kinds: ['exclusion'], measures: 'any' },
  elements: commonElements1,
  statements: commonStatements1,
  deadlines: { acknowledge: 5, decide: 'byMeasure', ownDate: 'none' },
  words: {
    en: {
      heading: null,
      ground: [],
      closing: ['We reserve all our rights in these works, including the right to raise further claims.'],
    },
    ja: {
      heading: null,
      ground: [],
      closing: ['当方は、追加の請求を行う権利を含め、対象作品に関する一切の権利を留保します。'],
    },
  },
  reviewedBy: null,
} as const satisfies Pack
