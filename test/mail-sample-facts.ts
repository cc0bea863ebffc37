import { createHash } from 'node:crypto'
import type { FactsOf } from '#emails/mails.ts'

/** Shared by several samples. */
export const letterText = `Northlight AI (demo)
Attn: legal department

10 November 2026

Exclusion request CAV-7H3K-9Q2V

Hoshizora Animation (demo) holds the rights in the works listed in the annex. We ask you not to use them to train any model, and to remove copies held for that purpose.

1. Do not use these works to train any model from now on.
2. Remove copies held for training, including from third parties.

Kenji Ono
General counsel, Hoshizora Animation (demo)`

/** Shared by several samples. */
export const letterJa = `Northlight AI（デモ）御中

除外要請 CAV-7H3K-9Q2V

星空アニメーション（デモ）は、別表記載の作品について権利を有しています。これらの作品をいかなるモデルの学習にも使用せず、学習用に保有する複製物を削除するよう求めます。

小野健二
星空アニメーション（デモ） 法務部長`

/** Shared by several samples. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Shared by several samples. */
export const notice = {
  reference: 'CAV-7H3K-9Q2V',
  kind: 'exclusion',
  holder: {
    name: 'Hoshizora Animation (demo)',
    place: 'Tokyo',
    verified: { how: 'domain', domain: 'toei-anim.example', on: '2026-09-03' },
  },
  vendor: { name: 'Northlight AI (demo)' },
  works: 176,
  url: 'https://caveat.example/notices/CAV-7H3K-9Q2V',
  verify: { address: 'caveat.example/verify', code: '4F7K-92QM' },
} as const

/** Shared by several samples. */
export const zones = ['America/Los_Angeles', 'Asia/Tokyo']
/** Shared by several samples. */
export const act = {
  by: 'Dana Whitfield',
  role: 'rights operations',
  at: '2026-11-12T17:41:00.000Z',
  channel: 'mail_link',
  zones,
} as const
/** Shared by several samples. */
export const filing = {
  filing: 'FIL-4T8N-2C6X',
  kind: 'exclusion',
  holder: 'Hoshizora Animation (demo)',
  vendors: ['Kanata Models (demo)', 'Northlight AI (demo)'],
  notices: 12,
  works: 176,
  url: 'https://caveat.example/filings/FIL-4T8N-2C6X',
  act: { by: 'Haruka Mori', role: 'editor', at: '2026-11-12T17:41:00.000Z', channel: 'portal', zones: ['Asia/Tokyo'] },
} satisfies FactsOf<'approval-needed'>
/** Shared by several samples. */
export const counts = [
  { label: 'Excluded', answers: 188 },
  { label: 'Refused', answers: 12 },
]

/** Shared by several samples. */
export const question = {
  ...notice,
  act,
  question: {
    number: 2,
    kind: 'identifiers',
    about: 'about 12 works',
    reasons: ['Identifiers are missing'],
    text: 'Which ISAN numbers do these films have?\n\nWe find several films with these titles.',
    askedOn: '2026-11-12',
    answer: 'The list with the ISAN numbers is attached.',
    files: 1,
  },
  open: 0,
  daysLeft: 12,
  decideBy: '2026-12-15',
  questionUrl: 'https://caveat.example/notices/CAV-7H3K-9Q2V/questions/2',
}
/** Shared by several samples. */
export const gatheredLine = {
  reference: 'CAV-7H3K-9Q2V',
  kind: 'exclusion',
  works: 176,
  about: 'acknowledge_overdue',
  dueAt: '2026-11-18T07:59:59.000Z',
  zones,
  party: 'Hoshizora Animation (demo)',
  url: 'https://caveat.example/n/7qk4m2',
} as const
/** Shared by several samples. */
export const gathered = {
  vendor: 'Northlight AI (demo)',
  lines: [
    gatheredLine,
    { ...gatheredLine, reference: 'CAV-2M8P-4RTX', about: 'decision_overdue', kind: 'takedown', works: 1 },
  ],
  total: 60,
  url: 'https://caveat.example/inbox',
  signedIn: true,
} as const satisfies FactsOf<'vendor-reminder'>
