import type { Pack } from './basis.ts'
import { commonElements1, commonStatements1 } from './every-notice-1.ts'

/** Article 16 of the Digital Services Act: a notice of illegal content to the service that hosts it. No number of days is set. */
export const euDsa16v1 = {
  id: 'EU_DSA_16',
  version: 1,
  frame: 2,
  fits: { kinds: ['takedown'], measures: ['REMOVE_OUTPUT_URLS'] },
  elements: [
    ...commonElements1,
    { element: 'contact_email', level: 'R' },
    { element: 'material_locations', level: 'R' },
    { element: 'location_works', level: 'R' },
    { element: 'illegality', level: 'R' },
    { element: 'models', level: 'R_outputs' },
    { element: 'captured', level: 'W' },
  ],
  statements: [
    ...commonStatements1,
    {
      id: 'bona_fide',
      en: 'I believe in good faith that the information and the allegations in this notice are accurate and complete.',
      ja: '私は、本通知に記載した情報及び主張が正確かつ完全であると誠実に信じています。',
    },
  ],
  deadlines: { acknowledge: 5, decide: 'byMeasure', ownDate: 'none' },
  words: {
    en: {
      heading: 'Digital Services Act, Article 16',
      ground: [
        'This letter is a notice under Article 16 of the Digital Services Act of the European Union. It concerns content that your service stores at the locations given in this letter, and that we consider illegal for the reasons given below.',
      ],
      closing: [
        'Under Article 16 of the Digital Services Act we ask you to confirm receipt without undue delay, to decide in a timely, diligent, non-arbitrary and objective manner, and to tell us your decision together with the possibilities of redress.',
      ],
    },
    ja: {
      heading: 'デジタルサービス法第16条について',
      ground: [
        '本書は、欧州連合のデジタルサービス法第16条に基づく通知です。貴社のサービスが本書に記載した所在において保存しており、次の理由により当方が違法であると考えるコンテンツを対象とします。',
      ],
      closing: [
        'デジタルサービス法第16条に基づき、不当に遅滞することなく受領を確認し、適時に、注意深く、恣意によることなく、客観的に判断した上で、その判断を不服申立ての手段とともに当方へお知らせください。',
      ],
    },
  },
  reviewedBy: null,
} as const satisfies Pack
