import type { Pack } from './basis.ts'
import { commonElements1, commonStatements1 } from './every-notice-1.ts'

/**
 * Article 4(3) of Directive (EU) 2019/790: rights reserved against text and data mining. For works that are online the
 * reservation must be machine-readable, and whoever relies on it has to prove it (OLG Hamburg, 5 U 104/24): the letter says
 * by what means, where and since when.
 */
export const euCdsm43v1 = {
  id: 'EU_CDSM_4_3',
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
  elements: [
    ...commonElements1,
    { element: 'signal_means', level: 'R' },
    { element: 'signal_urls', level: 'R' },
    { element: 'signal_since', level: 'R' },
    { element: 'signal_readable', level: 'W' },
  ],
  statements: [
    ...commonStatements1,
    {
      id: 'reservation_in_place',
      en: 'To the best of my knowledge, the reservation of rights described in this letter has been in place since the date given.',
      ja: '本書に記載した権利の留保は、私の知る限り、記載の日以降継続して行われています。',
    },
  ],
  deadlines: { acknowledge: 5, decide: 'byMeasure', ownDate: 'none' },
  words: {
    en: {
      heading: 'Directive (EU) 2019/790, Article 4(3)',
      ground: [
        'Article 4 of Directive (EU) 2019/790 allows text and data mining only as long as the use of the works has not been expressly reserved by their rights holder. Under Article 4(3), the use of the works has been so reserved.',
      ],
      closing: [],
    },
    ja: {
      heading: '指令（EU）2019/790第4条第3項について',
      ground: [
        '指令（EU）2019/790第4条がテキスト及びデータマイニングを認めているのは、権利者が著作物の利用を明示的に留保していない場合に限られます。対象作品の利用は、同条第3項に基づき明示的に留保されています。',
      ],
      closing: [],
    },
  },
  reviewedBy: null,
} as const satisfies Pack
