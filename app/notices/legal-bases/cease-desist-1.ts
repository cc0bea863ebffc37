import type { Pack } from './basis.ts'
import { commonElements1, commonStatements1 } from './every-notice-1.ts'

/** A demand to stop named acts by a named day. Evidence and model are indispensable only where outputs are complained of. */
export const ceaseDesist1 = {
  id: 'CEASE_DESIST',
  version: 1,
  frame: 1,
  fits: { kinds: ['cease_and_desist', 'takedown'], measures: 'any' },
  elements: [
    ...commonElements1,
    { element: 'acts', level: 'R' },
    { element: 'rights_relied_on', level: 'R' },
    { element: 'models', level: 'R_outputs' },
    { element: 'evidence', level: 'R_outputs' },
    { element: 'output_locations', level: 'R' },
    { element: 'deadline', level: 'R' },
    { element: 'preservation', level: 'W' },
    { element: 'undertaking', level: 'W' },
  ],
  statements: [
    ...commonStatements1,
    {
      id: 'good_faith',
      en: 'I believe in good faith that the acts described in this letter are authorised neither by the rights holder or its agent nor by law.',
      ja: '私は、本書に記載した行為が、権利者又はその代理人の許諾によっても、法令によっても認められていないと誠実に信じています。',
    },
    {
      id: 'no_licence',
      en: 'The rights holder has granted the addressee no licence for these acts.',
      ja: '権利者は、名宛人に対し、これらの行為を許諾していません。',
    },
  ],
  deadlines: { acknowledge: 5, decide: 'byMeasure', ownDate: 'required' },
  words: {
    en: {
      heading: 'The acts complained of',
      ground: [],
      closing: [
        'This letter waives no right, claim or remedy; all of them are reserved. If the demands above are not met in time, we may take further steps, including legal proceedings, without further notice.',
      ],
    },
    ja: {
      heading: '対象となる行為',
      ground: [],
      closing: [
        '本書は、当方の権利、請求権又は救済手段を放棄するものではなく、当方はこれらをすべて留保します。期限までに上記の請求に応じていただけない場合、当方は、改めて通知することなく、法的手続を含む必要な措置を講じることがあります。',
      ],
    },
  },
  reviewedBy: null,
} as const satisfies Pack
