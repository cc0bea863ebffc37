import type { FactsOf } from '#emails/mails.ts'

type Name =
  | 'export-ready'
  | 'portal-alarm'
  | 'domain-missing'
  | 'contact-code'
  | 'organisation-closing'
  | 'organisation-closing-soon'
  | 'organisation-erased'

const closing = {
  name: 'Kenji Ono',
  organisation: 'Hoshizora Animation (demo)',
  eraseAt: '2026-12-25T09:00:00.000Z',
  timeZone: 'Asia/Tokyo',
  url: 'https://caveat.example/closings/abc.def',
}

/** Facts for mails about an organisation's account. */
export const accountSamples: { [Each in Name]: FactsOf<Each> } = {
  'export-ready': {
    name: 'Kenji Ono',
    organisation: 'Hoshizora Animation (demo)',
    sha256: '9f1c'.repeat(16),
    days: 7,
    url: 'https://caveat.example/settings/export',
  },
  'portal-alarm': {
    name: 'Sam Okafor',
    condition: 'process_silent',
    subject: 'web',
    amount: 12,
    url: 'https://caveat.example/operator',
  },
  'domain-missing': {
    name: 'Kenji Ono',
    organisation: 'Hoshizora Animation (demo)',
    domain: 'hoshizora.example',
    url: 'https://caveat.example/settings/domain',
  },
  'organisation-closing': { ...closing },
  'organisation-closing-soon': { ...closing },
  'organisation-erased': {
    name: 'Kenji Ono',
    organisation: 'Hoshizora Animation (demo)',
    url: 'https://caveat.example/welcome',
  },
  'contact-code': {
    vendor: 'Northlight AI (demo)',
    organisation: 'Northlight AI (demo)',
    code: '4F7K92QM',
    minutes: 30,
    url: 'https://caveat.example/directory-entry',
  },
}
