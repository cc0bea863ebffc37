import { createHash } from 'node:crypto'
import type { FactsOf, MailName } from '#emails/mails.ts'

const letterText = `Northlight AI (demo)
Attn: legal department

10 November 2026

Exclusion request CAV-7H3K-9Q2V

Hoshizora Animation (demo) holds the rights in the works listed in the annex. We ask you not to use them to train any model, and to remove copies held for that purpose.

1. Do not use these works to train any model from now on.
2. Remove copies held for training, including from third parties.

Kenji Ono
General counsel, Hoshizora Animation (demo)`

const letterJa = `Northlight AI（デモ）御中

除外要請 CAV-7H3K-9Q2V

星空アニメーション（デモ）は、別表記載の作品について権利を有しています。これらの作品をいかなるモデルの学習にも使用せず、学習用に保有する複製物を削除するよう求めます。

小野健二
星空アニメーション（デモ） 法務部長`

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const notice = {
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

const zones = ['America/Los_Angeles', 'Asia/Tokyo']
const act = {
  by: 'Dana Whitfield',
  role: 'rights operations',
  at: '2026-11-12T17:41:00.000Z',
  channel: 'mail_link',
  zones,
} as const
const filing = {
  filing: 'FIL-4T8N-2C6X',
  kind: 'exclusion',
  holder: 'Hoshizora Animation (demo)',
  vendors: ['Kanata Models (demo)', 'Northlight AI (demo)'],
  notices: 12,
  works: 176,
  url: 'https://caveat.example/filings/FIL-4T8N-2C6X',
  act: { by: 'Haruka Mori', role: 'editor', at: '2026-11-12T17:41:00.000Z', channel: 'portal', zones: ['Asia/Tokyo'] },
} satisfies FactsOf<'approval-needed'>
const counts = [
  { label: 'Excluded', answers: 188 },
  { label: 'Refused', answers: 12 },
]

const question = {
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
const gatheredLine = {
  reference: 'CAV-7H3K-9Q2V',
  kind: 'exclusion',
  works: 176,
  about: 'acknowledge_overdue',
  dueAt: '2026-11-18T07:59:59.000Z',
  zones,
  party: 'Hoshizora Animation (demo)',
  url: 'https://caveat.example/n/7qk4m2',
} as const
const gathered = {
  vendor: 'Northlight AI (demo)',
  lines: [
    gatheredLine,
    { ...gatheredLine, reference: 'CAV-2M8P-4RTX', about: 'decision_overdue', kind: 'takedown', works: 1 },
  ],
  total: 60,
  url: 'https://caveat.example/inbox',
  signedIn: true,
} as const satisfies FactsOf<'vendor-reminder'>

/** Facts for every mail, as its sender would give them. */
export const mailSamples: { [Name in MailName]: FactsOf<Name> } = {
  'confirm-address': { name: 'Kenji Ono', url: 'https://caveat.example/confirm-address?token=abc', hours: 24 },
  'reset-password': { name: 'Kenji Ono', url: 'https://caveat.example/reset-password?token=abc', hours: 1 },
  'already-registered': {
    name: 'Kenji Ono',
    url: 'https://caveat.example/sign-in',
    resetUrl: 'https://caveat.example/forgot-password',
  },
  invitation: {
    name: null,
    organisation: 'Hoshizora Animation (demo)',
    inviter: 'Kenji Ono',
    role: 'editor',
    url: 'https://caveat.example/invitations/abc',
    hours: 48,
  },
  'new-sign-in': {
    name: 'Kenji Ono',
    at: '2026-11-12T17:41:00.000Z',
    zone: 'Asia/Tokyo',
    browser: 'Firefox, Windows',
    url: 'https://caveat.example/not-me?token=abc',
    hours: 72,
  },
  'account-changed': {
    name: 'Kenji Ono',
    what: 'passkey-added',
    item: 'Key on the desk',
    at: '2026-11-12T17:41:00.000Z',
    zone: 'Asia/Tokyo',
    browser: null,
    url: 'https://caveat.example/not-me?token=abc',
    hours: 72,
  },
  'approval-needed': { ...filing, url: 'https://caveat.example/approvals/FIL-4T8N-2C6X' },
  'filing-approved': { ...filing, sendAt: '2026-11-13T00:30:00.000Z' },
  'filing-returned': { ...filing, note: 'The second paragraph names the wrong model.' },
  'domain-missing': {
    name: 'Kenji Ono',
    organisation: 'Hoshizora Animation (demo)',
    domain: 'hoshizora.example',
    url: 'https://caveat.example/settings/domain',
  },
  'contact-code': {
    vendor: 'Northlight AI (demo)',
    organisation: 'Northlight AI (demo)',
    code: '4F7K92QM',
    minutes: 30,
    url: 'https://caveat.example/directory-entry',
  },
  'correction-answered': {
    name: 'Kenji Ono',
    vendor: 'Northlight AI (demo)',
    value: 'Northlight 4',
    accepted: false,
    reason: 'The page names another model.',
    url: 'https://caveat.example/vendors/northlight',
  },
  'import-finished': {
    name: 'Kenji Ono',
    catalogue: '劇場作品',
    source: 'films.csv',
    failure: null,
    version: 3,
    rows: 9191,
    added: 6410,
    changed: 20,
    unchanged: 2749,
    removed: 0,
    rejected: 12,
    url: 'https://caveat.example/catalogues/1/import/2',
  },
  'answer-code': {
    about: { reference: 'CAV-7H3K-9Q2V', holder: 'Hoshizora Animation (demo)' },
    code: '4F7K-92QM',
    url: 'https://caveat.example/n/7qk4m2#not-ours',
  },
  'notice-served': {
    ...notice,
    url: 'https://caveat.example/n/7qk4m2',
    measures: [
      { title: 'Stop future training.', text: 'Do not use these works to train any model from now on.' },
      { title: 'Remove from datasets.', text: 'Remove copies held for training, including from third parties.' },
      { title: 'Filter outputs.', text: 'Prevent outputs that reproduce these films or their characters.' },
    ],
    byLink: true,
    samples: [
      { title: '太陽の王子 ホルスの大冒険', lang: 'ja', year: 1968 },
      { title: 'さよなら銀河鉄道999 アンドロメダ終着駅', lang: 'ja', year: 1981 },
      { title: 'ドラゴンボールZ', lang: 'ja', year: 1989 },
      { title: 'デジモンアドベンチャーぼくらのウォーゲーム!', lang: 'ja', year: 2000 },
    ],
    worksUrl: 'https://caveat.example/n/7qk4m2/works.csv',
    signedBy: { name: 'Kenji Ono', capacity: 'general counsel' },
    replyTo: 'kenji.ono@toei-anim.example',
    acknowledgeBy: '2026-11-17',
    decideBy: '2026-12-09',
    acknowledgeDays: 5,
    decideDays: 20,
    vendorZone: 'America/Los_Angeles',
    issuedAt: '2026-11-10T01:04:00.000Z',
    zones,
    letters: [
      { locale: 'en', text: letterText, sha256: sha256(letterText) },
      { locale: 'ja', text: letterJa, sha256: sha256(letterJa) },
    ],
  },
  'notice-sent': {
    ...notice,
    to: 'rights@northlight.example',
    at: '2026-11-10T01:05:12.000Z',
    zones,
    answer: '250 2.0.0 Ok: queued as 4Q9',
    acknowledgeBy: '2026-11-17',
    decideBy: '2026-12-09',
  },
  'notice-delivered': { ...notice, act: { ...act, by: null, role: null }, acknowledgeBy: '2026-11-17' },
  'delivery-failed': {
    ...notice,
    to: 'rights@northlight.example',
    at: '2026-11-10T01:05:12.000Z',
    zones,
    answer: '550 5.1.1 No such user here',
    unserved: true,
  },
  'notice-forwarded': {
    ...notice,
    act,
    from: 'rights@northlight.example',
    to: 'dana.whitfield@northlight.example',
    sent: true,
  },
  'notice-acknowledged': { ...notice, act, theirReference: 'NL-2026-1180', decideBy: '2026-12-09' },
  'acknowledgement-receipt': { ...notice, act, theirReference: 'NL-2026-1180', decideBy: '2026-12-09' },
  'review-started': { ...notice, act, decideBy: '2026-12-09' },
  'question-asked': question,
  'question-reminder': question,
  'question-last-reminder': question,
  'question-answered': question,
  'question-closed': { ...question, open: 1 },
  'notice-sent-back': question,
  'outcomes-recorded': { ...notice, act, counts, pending: 70, decideBy: '2026-12-09' },
  'decision-declared': { ...notice, act, counts, challengeBy: '2027-01-11' },
  'decision-accepted': { ...notice, act: { ...act, by: 'Kenji Ono', channel: 'portal' } },
  'decision-lapsed': { ...notice, on: '2027-01-11' },
  'decision-challenged': {
    ...notice,
    act: { ...act, by: 'Kenji Ono', channel: 'portal' },
    answers: 88,
    reason: 'The exception does not cover works whose rights are reserved.',
    decideBy: '2027-01-20',
  },
  'notice-superseded': { ...notice, act: { ...act, by: 'Kenji Ono', channel: 'portal' }, by: 'CAV-9K2V-7H3Q' },
  'notice-escalated': {
    ...notice,
    act: { ...act, by: 'Kenji Ono', channel: 'portal' },
    escalation: 'litigation',
    where: 'Tokyo District Court',
    number: '2026 (Wa) 12345',
    since: '2026-11-01',
  },
  'escalation-ended': { ...notice, act: { ...act, by: 'Kenji Ono', channel: 'portal' } },
  'works-withdrawn': {
    ...notice,
    act: { ...act, by: 'Kenji Ono', channel: 'portal' },
    withdrawn: 12,
    remaining: 164,
    reason: 'Licensed to you on 1 November 2026.',
    annexUrl: 'https://caveat.example/n/7qk4m2/works.csv',
  },
  'notice-withdrawn': { ...notice, act: { ...act, by: 'Kenji Ono', channel: 'portal' }, reason: 'Settled.' },
  'evidence-shared': {
    ...notice,
    act: { ...act, by: 'Kenji Ono', channel: 'portal' },
    pieces: [
      { name: '出力 2026-11-06.png', sha256: sha256('a picture') },
      { name: null, sha256: sha256('a recording') },
    ],
  },
  'clock-extended': {
    ...notice,
    act: { ...act, by: 'Kenji Ono', channel: 'portal' },
    clock: 'decide',
    by: 'holder',
    days: 5,
    dueOn: '2026-12-14',
    dueAt: '2026-12-15T07:59:59.000Z',
    reason: 'The annual shutdown of your office.',
  },
  'message-received': {
    ...notice,
    side: 'vendor',
    channel: 'mail',
    name: 'Dana Whitfield',
    address: 'rights@northlight.example',
    text: 'We have your notice and are looking into it.\n\nDana',
    attachments: ['statement.pdf'],
    sender: 'confirmed',
    at: '2026-11-12T09:00:00.000Z',
    zones: ['Asia/Tokyo', 'America/Los_Angeles'],
  },
  'vendor-reminder': { ...gathered, lines: [gatheredLine], total: 1, signedIn: false },
  'dates-passed': { ...gathered, url: 'https://caveat.example/notices' },
  'vendor-week': { ...gathered, unsubscribeUrl: 'https://caveat.example/unsubscribe/abc.def' },
  'notices-digest': {
    ...gathered,
    lines: [{ ...gatheredLine, about: 'notice-delivered', dueAt: null }],
    total: 1,
    unsubscribeUrl: 'https://caveat.example/unsubscribe/abc.def',
  },
}
