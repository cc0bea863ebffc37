import { withPerson } from '#app/platform/db.server.ts'

import { fileAddress, proofKinds, proofText, recordName, type ProofKind } from './domain.ts'
import type { Member } from './viewer.server.ts'

/** A domain of an organisation and how its proof stands. */
export type DomainProofView = {
  id: string
  domain: string
  record: string
  file: string
  text: string
  how: ProofKind | null
  provenAt: Date | null
  missingSince: Date | null
  checkedAt: Date | null
  isWanted: boolean
  fault: string | null
}

/** The domains that an organisation proves or has proven, oldest first. */
export async function findDomainProofs(member: Member): Promise<DomainProofView[]> {
  const rows = await withPerson(member.personId, (tx) =>
    tx.domainProof.findMany({
      where: { organisationId: member.organisation.id, endedAt: null },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: 50,
    }),
  )
  return rows.map(({ id, domain, token, how, provenAt, missingSince, checkedAt, wantedAt, fault }) => ({
    id,
    domain,
    record: recordName(domain),
    file: fileAddress(domain),
    text: proofText(token),
    how: proofKinds.find((kind) => kind === how) ?? null,
    provenAt,
    missingSince,
    checkedAt,
    isWanted: wantedAt !== null,
    fault,
  }))
}
