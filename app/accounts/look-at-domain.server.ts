import type { DomainWorld } from '#app/platform/name-service.server.ts'
import { safeFetch } from '#app/platform/safe-fetch.server.ts'

import { fileAddress, holdsProof, recordName, type Look } from './domain.ts'

/** Looks for the proof of a domain: first its record, then its file. */
export async function lookAtDomain(
  { domain, token }: { domain: string; token: string },
  { textsOf, network }: DomainWorld,
): Promise<Look> {
  const texts = await textsOf(recordName(domain)).catch(() => undefined)
  if (texts !== undefined && holdsProof(texts, token)) return { found: 'dns' }
  const file = await safeFetch(fileAddress(domain), network)
  if (file.fetched && holdsProof(file.text.split('\n'), token)) return { found: 'file' }
  // A name service or a server that is out says nothing about the proof.
  const isOut = texts === undefined || (!file.fetched && file.because === 'unreachable')
  return { found: null, fault: isOut ? 'unreachable' : 'absent' }
}
