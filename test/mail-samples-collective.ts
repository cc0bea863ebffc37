import type { FactsOf } from '#emails/mails.ts'
import { act, letterText, sha256, zones } from './mail-sample-facts.ts'

/** Facts for the mails of collective filings. */
export const collectiveSamples = {
  'annex-review': {
    name: 'Kenji Ono',
    filing: 'FIL-4T8N-2C6X',
    association: { name: 'Example Content Association', nameOther: null },
    member: { name: 'Hoshizora Animation (demo)', nameOther: '星空アニメーション（デモ）' },
    kind: 'exclusion',
    works: 176,
    catalogue: 'Television series',
    vendors: ['Northlight AI (demo)', 'Corvid Labs (demo)'],
    vendorsTotal: 4,
    approvalRequired: true,
    endsAt: '2026-11-13T00:30:00.000Z',
    zones: ['Asia/Tokyo'],
    url: 'https://caveat.example/annexes/FIL-4T8N-2C6X',
  },
  'annex-called-off': {
    name: 'Kenji Ono',
    filing: 'FIL-4T8N-2C6X',
    association: { name: 'Example Content Association', nameOther: null },
    member: { name: 'Hoshizora Animation (demo)', nameOther: '星空アニメーション（デモ）' },
    works: 176,
    reason: 'We file again with all members next month.',
    partly: false,
    url: 'https://caveat.example/annexes/FIL-4T8N-2C6X',
  },
  'collective-answered': {
    filing: 'FIL-4T8N-2C6X',
    lines: [
      {
        vendor: 'Northlight AI (demo)',
        answer: 'acknowledged',
        notices: 7,
        members: ['Hoshizora Animation (demo)', 'Komorebi Pictures (demo)'],
        url: 'https://caveat.example/association/notices?vendor=1',
      },
      {
        vendor: 'Corvid Labs (demo)',
        answer: 'decided',
        notices: 1,
        members: ['Hoshizora Animation (demo)'],
        url: 'https://caveat.example/association/notices?vendor=2',
      },
    ],
    url: 'https://caveat.example/association/filings/FIL-4T8N-2C6X',
  },
  'annex-answered': {
    filing: 'FIL-4T8N-2C6X',
    member: 'Hoshizora Animation (demo)',
    answer: 'stepped_out',
    works: 176,
    reason: 'We negotiate a licence of our own.',
    url: 'https://caveat.example/association/filings/FIL-4T8N-2C6X',
    act: { ...act, channel: 'portal' },
  },
  'collective-served': {
    filing: 'FIL-4T8N-2C6X',
    kind: 'exclusion',
    association: 'Example Content Association',
    vendor: 'Northlight AI (demo)',
    measures: [{ title: 'No training from now on', text: 'Do not use these works to train any model from now on.' }],
    byLink: true,
    url: 'https://caveat.example/c/abc',
    notices: [
      {
        reference: 'CAV-7H3K-9Q2V',
        holder: 'Hoshizora Animation (demo)',
        works: 176,
        code: '4F7K-92QM',
        url: 'https://caveat.example/n/abc',
        worksUrl: 'https://caveat.example/n/abc/works.csv',
        sha256: sha256(letterText),
      },
    ],
    cover: { locale: 'en', text: letterText, sha256: sha256(letterText) },
    schedule: null,
    annexes: [letterText],
    signedBy: { name: 'Mari Aoki', capacity: 'Secretary general' },
    acknowledgeDays: 5,
    decideDays: 20,
    acknowledgeBy: '2026-11-17',
    decideBy: '2026-12-09',
    vendorZone: 'America/Los_Angeles',
    verifyAddress: 'caveat.example/verify',
    issuedAt: '2026-11-10T01:04:00.000Z',
    zones,
    replyTo: 'mari@association.example',
  },
} satisfies {
  [
    Name in 'annex-review' | 'collective-answered' | 'annex-called-off' | 'annex-answered' | 'collective-served'
  ]: FactsOf<Name>
}
