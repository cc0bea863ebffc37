import type { Pack } from './basis.ts'
import { commonElements1, commonStatements1 } from './every-notice-1.ts'

/**
 * A complaint to a signatory of the EU's Code of Practice for general-purpose AI. It sets no number of days: "reasonable
 * time" is taken as 20 working days, about the 30 days that are customary.
 */
export const euGpai15v1 = {
  id: 'EU_GPAI_1_5',
  version: 1,
  frame: 2,
  fits: { kinds: ['exclusion', 'cease_and_desist', 'takedown'], measures: 'any' },
  elements: [
    ...commonElements1,
    { element: 'contact_email', level: 'R' },
    { element: 'commitment_points', level: 'R' },
    { element: 'complaint_facts', level: 'R' },
    { element: 'first_complaint', level: 'W' },
    { element: 'models', level: 'R_outputs' },
    { element: 'evidence', level: 'R_outputs' },
    { element: 'captured', level: 'R_outputs' },
    { element: 'output_locations', level: 'R' },
    { element: 'location_works', level: 'R' },
  ],
  statements: commonStatements1,
  deadlines: { acknowledge: 5, decide: 20, ownDate: 'none' },
  words: {
    en: {
      heading: 'Code of Practice for general-purpose AI models, copyright chapter',
      ground: [
        'This letter is a complaint to your contact point for rights holders under Measure 1.5 of the copyright chapter of the Code of Practice for general-purpose AI models. We are directly concerned by it as rights holder.',
      ],
      closing: [
        'We ask you to deal with our complaint under the Code of Practice diligently, without arbitrariness and within a reasonable time, and to tell us the result.',
      ],
    },
    ja: {
      heading: '汎用AIモデルに関する実践規範（著作権の章）について',
      ground: [
        '本書は、汎用AIモデルに関する実践規範の著作権の章の措置1.5に基づく、貴社の権利者向け窓口に対する苦情の申立てです。当方は、権利者として本件に直接の関わりを有しています。',
      ],
      closing: [
        '実践規範に基づく当方の申立てを誠実に、恣意によることなく、合理的な期間内に処理し、その結果をお知らせください。',
      ],
    },
  },
  reviewedBy: null,
} as const satisfies Pack
