import { m } from '#app/generated/messages/messages.js'
import { formatDate } from '#app/ui/format.ts'

import type { ProofKind } from './domain.ts'

/** The domain of an organisation as far as it was proven. */
export type ProvenDomain = { domain: string | null; domainHow: string | null; domainProvenAt: Date | string | null }

const words = {
  dns: m.security_domain_proven_dns,
  file: m.security_domain_proven_file,
} as const satisfies Record<ProofKind, unknown>

/** `example.com, proven by DNS on 3 Nov 2026`, or undefined while no domain is proven. */
export function provenWords({ domain, domainHow, domainProvenAt }: ProvenDomain, timeZone: string): string | undefined {
  if (domain === null || domainProvenAt === null) return undefined
  const say = domainHow === 'file' ? words.file : words.dns
  return say({ domain, date: formatDate(domainProvenAt, timeZone) })
}
