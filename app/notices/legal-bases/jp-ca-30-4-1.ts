import type { Pack } from './basis.ts'
import { commonElements1, commonStatements1 } from './every-notice-1.ts'

/**
 * Article 30-4 of the Copyright Act of Japan does not apply where the use also serves enjoyment, or where it would
 * unreasonably prejudice the owner: the letter must give the facts for that.
 */
export const jpCa304v1 = {
  id: 'JP_CA_30_4',
  version: 1,
  frame: 1,
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
    { element: 'japan_rights', level: 'R' },
    { element: 'japan_grounds', level: 'R' },
    { element: 'japan_facts', level: 'R' },
  ],
  statements: [
    ...commonStatements1,
    {
      id: 'japan_facts',
      en: 'To the best of my knowledge, the facts stated in this letter with regard to Article 30-4 of the Copyright Act of Japan are true.',
      ja: '著作権法第30条の4に関して本書に記載した事実は、私の知る限り、真実です。',
    },
  ],
  deadlines: { acknowledge: 5, decide: 'byMeasure', ownDate: 'none' },
  words: {
    en: {
      heading: 'Copyright Act of Japan, Article 30-4',
      ground: [
        'Article 30-4 of the Copyright Act of Japan allows a work to be used, to the extent considered necessary, where the purpose is not to enjoy the thoughts or sentiments expressed in it. It does not allow a use that would unreasonably prejudice the interests of the copyright owner in the light of the nature or purpose of the work or the circumstances of its use.',
        'It is our position that this article does not cover the use of these works for training, for the following reasons:',
      ],
      closing: [],
    },
    ja: {
      heading: '著作権法第30条の4について',
      ground: [
        '著作権法第30条の4は、著作物に表現された思想又は感情の享受を目的としない場合に、必要と認められる限度で著作物を利用することを認めていますが、当該著作物の種類及び用途並びに当該利用の態様に照らし著作権者の利益を不当に害することとなる場合は、この限りでないと定めています。',
        '当方は、次の理由により、対象作品の学習のための利用に同条は適用されないと考えています。',
      ],
      closing: [],
    },
  },
  reviewedBy: null,
} as const satisfies Pack
