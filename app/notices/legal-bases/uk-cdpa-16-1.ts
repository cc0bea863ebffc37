import type { Pack } from './basis.ts'
import { commonElements1, commonStatements1 } from './every-notice-1.ts'

/**
 * Training in the United Kingdom: there is no exception for commercial text and data mining, so the letter says that a
 * licence is needed and reserves nothing.
 */
export const ukCdpa16v1 = {
  id: 'UK_CDPA_16',
  version: 1,
  frame: 2,
  fits: {
    kinds: ['exclusion', 'cease_and_desist'],
    measures: [
      'STOP_TRAINING_FUTURE',
      'REMOVE_FROM_DATASETS',
      'RETRAIN_OR_UNLEARN',
      'DISCLOSE_USE',
      'LICENCE_OFFER',
      'WRITTEN_UNDERTAKING',
    ],
  },
  elements: [...commonElements1, { element: 'uk_connection', level: 'W' }],
  statements: [
    ...commonStatements1,
    {
      id: 'uk_no_licence',
      en: 'The rights holder has granted the addressee no licence to use the works for training.',
      ja: '権利者は、名宛人に対し、対象作品を学習に利用することを許諾していません。',
    },
  ],
  deadlines: { acknowledge: 5, decide: 'byMeasure', ownDate: 'none' },
  words: {
    en: {
      heading: 'Copyright, Designs and Patents Act 1988 (United Kingdom), section 16',
      ground: [
        'Under the Copyright, Designs and Patents Act 1988, the use of the works for training in the United Kingdom needs our licence. The exception for text and data analysis in section 29A covers non-commercial research only. There is no exception for commercial training.',
      ],
      closing: [],
    },
    ja: {
      heading: '1988年著作権、意匠及び特許法（英国）第16条について',
      ground: [
        '1988年著作権、意匠及び特許法の下では、英国において対象作品を学習に利用するには、当方の許諾が必要です。テキスト及びデータ分析に関する同法第29A条の例外は、非商業的な研究にのみ適用されます。商業的な学習のための例外はありません。',
      ],
      closing: [],
    },
  },
  reviewedBy: null,
} as const satisfies Pack
