import type { Pack } from './basis.ts'
import { commonElements1, commonStatements1 } from './every-notice-1.ts'

/**
 * Section 512(c)(3)(A) of title 17 of the United States Code: material that is hosted for users, never training itself
 * (`hosted-only.ts`). The law says "expeditiously"; ten working days are customary.
 */
export const usDmca512c1 = {
  id: 'US_DMCA_512C',
  version: 1,
  frame: 2,
  fits: { kinds: ['takedown'], measures: ['REMOVE_OUTPUT_URLS'] },
  elements: [
    ...commonElements1,
    { element: 'holder_telephone', level: 'R' },
    { element: 'contact_email', level: 'R' },
    { element: 'designated_agent', level: 'W' },
    { element: 'hosted_material', level: 'R' },
    { element: 'material_locations', level: 'R' },
    { element: 'location_works', level: 'R' },
    { element: 'models', level: 'R_outputs' },
    { element: 'captured', level: 'W' },
    { element: 'fair_use', level: 'W' },
  ],
  statements: [
    ...commonStatements1,
    {
      id: 'good_faith_material',
      en: 'I have a good faith belief that the use of the material in the manner complained of is not authorized by the copyright owner, its agent, or the law.',
      ja: '私は、本書で問題とする態様による素材の使用が、著作権者、その代理人又は法律のいずれによっても許諾されていないと誠実に信じています。',
    },
    {
      id: 'perjury',
      en: 'The information in this notification is accurate, and, under penalty of perjury, I am authorized to act on behalf of {holder}, the owner of an exclusive right that is allegedly infringed.',
      ja: '本通知の情報は正確であり、私は、偽証罪の制裁の下に、侵害されたと主張する独占的権利の保有者である{holder}のために行為する権限を有することを宣誓します。',
      sworn: true,
    },
  ],
  deadlines: { acknowledge: 5, decide: 10, ownDate: 'none' },
  words: {
    en: {
      heading: '17 U.S.C. § 512(c)(3)(A)',
      ground: [
        'This letter is a notification of claimed infringement under section 512(c)(3)(A) of title 17 of the United States Code, addressed to your designated agent. It concerns material that you store for users at the locations given in this letter. The works that are claimed to be infringed are those named in this letter.',
        'We ask you to remove the material, or to disable access to it, expeditiously.',
      ],
      closing: [],
    },
    ja: {
      heading: '合衆国法典第17編第512条(c)(3)(A)について',
      ground: [
        '本書は、合衆国法典第17編第512条(c)(3)(A)に基づく侵害の申立ての通知であり、貴社の指定代理人に宛てたものです。貴社が本書に記載した所在において利用者のために保存している素材を対象とします。侵害されたと主張する著作物は、本書に記載した対象作品です。',
        '当該素材を速やかに削除し、又は当該素材へのアクセスを無効にすることを求めます。',
      ],
      closing: [],
    },
  },
  reviewedBy: null,
} as const satisfies Pack
