type Place = {
  addressLines: string
  locality: string
  postalCode: string
  country: string
  telephone: string
  timeZone: string
  domain: string
}

const tokyo = { country: 'JP', timeZone: 'Asia/Tokyo' }
const california = { country: 'US', timeZone: 'America/Los_Angeles' }

/** The organisations of the story. Every name says that it is a demo. */
export const organisations = [
  {
    slug: 'hoshizora',
    kind: 'rights_holder',
    name: 'Hoshizora Animation (demo)',
    nameOther: '星空アニメーション（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '2-4-6 Sakuragaoka',
      locality: 'Nerima, Tokyo',
      postalCode: '176-0001',
      telephone: '+81 3 5555 0101',
      domain: 'hoshizora.test',
    },
  },
  {
    slug: 'lantern',
    kind: 'rights_holder',
    name: 'Lantern Press Photographs (demo)',
    nameOther: 'ランタン写真通信社（デモ）',
    locale: 'en',
    place: {
      country: 'US',
      timeZone: 'America/New_York',
      addressLines: '18 Wylie Avenue',
      locality: 'Pittsburgh, PA',
      postalCode: '15219',
      telephone: '+1 412 555 0188',
      domain: 'lantern.test',
    },
  },
  {
    slug: 'komorebi',
    kind: 'rights_holder',
    name: 'Komorebi Pictures (demo)',
    nameOther: '木漏れ日ピクチャーズ（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '5-1-7 Kichijoji',
      locality: 'Musashino, Tokyo',
      postalCode: '180-0004',
      telephone: '+81 422 55 0107',
      domain: 'komorebi.test',
    },
  },
  {
    slug: 'kazamidori',
    kind: 'rights_holder',
    name: 'Kazamidori Games (demo)',
    nameOther: '風見鶏ゲームス（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '3-8-2 Shimokitazawa',
      locality: 'Setagaya, Tokyo',
      postalCode: '155-0031',
      telephone: '+81 3 5555 0121',
      domain: 'kazamidori.test',
    },
  },
  {
    slug: 'minamo',
    kind: 'rights_holder',
    name: 'Minamo Publishing (demo)',
    nameOther: '水面出版（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '1-9-4 Jimbocho',
      locality: 'Chiyoda, Tokyo',
      postalCode: '101-0051',
      telephone: '+81 3 5555 0122',
      domain: 'minamo.test',
    },
  },
  {
    slug: 'yukishiro',
    kind: 'rights_holder',
    name: 'Yukishiro Music (demo)',
    nameOther: '雪代音楽出版（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '2-2-8 Odori',
      locality: 'Sapporo, Hokkaido',
      postalCode: '060-0042',
      telephone: '+81 11 555 0123',
      domain: 'yukishiro.test',
    },
  },
  {
    slug: 'akariza',
    kind: 'rights_holder',
    name: 'Akari Theatre (demo)',
    nameOther: '灯座（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '4-1-3 Teramachi',
      locality: 'Kyoto',
      postalCode: '604-8091',
      telephone: '+81 75 555 0124',
      domain: 'akariza.test',
    },
  },
  {
    slug: 'northlight',
    kind: 'vendor',
    name: 'Northlight AI (demo)',
    nameOther: 'ノースライトAI（デモ）',
    locale: 'en',
    place: {
      ...california,
      addressLines: '500 Example Street',
      locality: 'San Francisco, CA',
      postalCode: '94105',
      telephone: '+1 415 555 0142',
      domain: 'northlight.test',
    },
  },
  {
    slug: 'content-alliance',
    kind: 'association',
    name: 'Content Alliance (demo)',
    nameOther: 'コンテンツ連盟（デモ）',
    locale: 'ja',
    place: {
      ...tokyo,
      addressLines: '1-1-1 Kanda',
      locality: 'Chiyoda, Tokyo',
      postalCode: '101-0001',
      telephone: '+81 3 5555 0199',
      domain: 'content-alliance.test',
    },
  },
  {
    slug: 'caveat-operator',
    kind: 'operator',
    name: 'Caveat operator (demo)',
    nameOther: 'Caveat運営（デモ）',
    locale: 'en',
    place: {
      ...tokyo,
      addressLines: '3-3-3 Marunouchi',
      locality: 'Chiyoda, Tokyo',
      postalCode: '100-0005',
      telephone: '+81 3 5555 0100',
      domain: 'caveat.test',
    },
  },
] as const satisfies readonly {
  slug: string
  kind: string
  name: string
  nameOther: string
  locale: string
  place: Place
}[]
