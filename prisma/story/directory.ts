import { checkDomain } from '#app/accounts/check-domain.server.ts'
import { findDomainProofs } from '#app/accounts/find-domain-proofs.server.ts'
import { startDomainProof } from '#app/accounts/prove-domain.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import type { DomainWorld } from '#app/platform/name-service.server.ts'
import { suggestCorrection } from '#app/vendors/suggest-correction.server.ts'
import { goTo } from './time.ts'

/** The studio has proven its domain, and has a word for the operator about an entry of the directory. */
export async function proveAndSuggest({ studio, press }: { studio: Member; press: Member }): Promise<void> {
  goTo(9, 2)
  await startDomainProof(studio, 'hoshizora.test')
  const [proof] = await findDomainProofs(studio)
  if (proof === undefined) throw new Error('The story has no domain')
  const world: DomainWorld = {
    textsOf: () => Promise.resolve([proof.text]),
    network: { addressesOf: () => Promise.resolve([]), dial: refuse },
  }
  await checkDomain(proof.id, world)
  // Looked at again a while later: the next look, which nobody answers for .test, is days away.
  goTo(1, 2)
  await checkDomain(proof.id, world)
  await suggestCorrection({
    member: press,
    slug: 'northlight',
    correction: {
      kind: 'model',
      value: 'Northlight Vision 2 (demo)',
      sourceUrl: 'https://northlight.test/models',
      note: 'Named in their release notes.',
    },
  })
}

function refuse(): never {
  throw new Error('The story dials nobody')
}
