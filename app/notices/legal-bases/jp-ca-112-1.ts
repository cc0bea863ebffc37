import type { Pack } from './basis.ts'
import { commonElements1, commonStatements1 } from './every-notice-1.ts'

/**
 * A demand to stop and to prevent infringement under the Copyright Act of Japan. Its article and what may be demanded
 * besides are not confirmed against a source yet, so the letter names neither (docs/decisions/028).
 */
export const jpCa112v1 = {
  id: 'JP_CA_112',
  version: 1,
  frame: 2,
  fits: { kinds: ['cease_and_desist', 'takedown'], measures: 'any' },
  elements: [
    ...commonElements1,
    { element: 'acts', level: 'R' },
    { element: 'japan_rights', level: 'R' },
    { element: 'models', level: 'R_outputs' },
    { element: 'evidence', level: 'R_outputs' },
    { element: 'captured', level: 'R_outputs' },
    { element: 'output_locations', level: 'R' },
    { element: 'location_works', level: 'R' },
    { element: 'deadline', level: 'R' },
  ],
  statements: [
    ...commonStatements1,
    {
      id: 'japan_right',
      en: '{holder} holds the rights under the Copyright Act of Japan that this letter names.',
      ja: '{holder}は、本書に記載した著作権法上の権利を有しています。',
    },
  ],
  deadlines: { acknowledge: 5, decide: 'byMeasure', ownDate: 'required' },
  words: {
    en: {
      heading: 'Copyright Act of Japan: demand for an injunction',
      ground: [
        'The acts described in this letter infringe our rights under the Copyright Act of Japan, or are likely to infringe them. We demand that you stop them, and that you refrain from them in future.',
      ],
      closing: [],
    },
    ja: {
      heading: '著作権法に基づく差止めの請求について',
      ground: [
        '本書に記載した行為は、著作権法に基づく当方の権利を侵害し、又は侵害するおそれがあるものです。当方は、これらの行為の停止及び予防を請求します。',
      ],
      closing: [],
    },
  },
  reviewedBy: null,
} as const satisfies Pack
