import type { FactsOf } from '#emails/mails.ts'

type Name = 'export-ready' | 'portal-alarm' | 'domain-missing' | 'contact-code'

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
  'contact-code': {
    vendor: 'Northlight AI (demo)',
    organisation: 'Northlight AI (demo)',
    code: '4F7K92QM',
    minutes: 30,
    url: 'https://caveat.example/directory-entry',
  },
}
