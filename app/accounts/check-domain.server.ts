import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { domainWorld, type DomainWorld } from '#app/platform/name-service.server.ts'

import { afterLook, type Look } from './domain.ts'
import { lookAtDomain } from './look-at-domain.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { oweAccountMail } from './owe-account-mail.server.ts'

/** How many proofs one round looks at again; the others come in the next. */
const mostAtOnce = 20

/** Looks at the domains whose day has come. Returns how many. */
export async function recheckDomains(world: DomainWorld = domainWorld()): Promise<number> {
  const due = await withWorker((tx) =>
    tx.domainProof.findMany({
      where: { endedAt: null, nextCheckAt: { lte: now() } },
      orderBy: { nextCheckAt: 'asc' },
      take: mostAtOnce,
      select: { id: true },
    }),
  )
  for (const { id } of due) await checkDomain(id, world)
  return due.length
}

/**
 * Looks at one domain, and writes what was found. Looking happens outside of any transaction: it waits for servers of
 * others. Of two organisations that prove a domain at once one gets it; the other is told that it is taken.
 */
export async function checkDomain(proofId: string, world: DomainWorld = domainWorld()): Promise<void> {
  const proof = await withWorker((tx) =>
    tx.domainProof.findFirst({ where: { id: proofId, endedAt: null }, select: { domain: true, token: true } }),
  )
  if (proof === null) return
  const look = await lookAtDomain(proof, world)
  try {
    await withWorker((tx) => writeLook(tx, proofId, look))
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    await withWorker((tx) => writeFault(tx, proofId, 'taken'))
  }
}

async function writeLook(tx: Transaction, proofId: string, look: Look): Promise<void> {
  const at = now()
  await tx.$queryRaw`select from domain_proof where id = ${proofId}::uuid for update`
  const proof = await tx.domainProof.findFirst({ where: { id: proofId, endedAt: null } })
  if (proof === null) return
  if (look.found !== null && proof.provenAt === null) await releaseFromLoser(tx, proof, at)
  const standing = afterLook(proof, look, at)
  const isNewlyMissing = standing.missingSince !== null && proof.missingSince === null
  await tx.domainProof.update({
    where: { id: proofId },
    data: {
      ...standing,
      how: look.found ?? proof.how,
      fault: look.found === null ? look.fault : null,
      checkedAt: at,
      wantedAt: null,
    },
  })
  const { organisationId, domain } = proof
  if (look.found !== null && proof.provenAt === null)
    await recordAudit(tx, { organisationId, kind: 'domain-proven', facts: { domain, how: look.found } })
  if (!isNewlyMissing) return
  await recordAudit(tx, { organisationId, kind: 'domain-missing', facts: { domain } })
  await tellOwners(tx, proof)
}

// Somebody whose own proof is missing has lost the domain to whoever proves it now.
async function releaseFromLoser(tx: Transaction, proof: { id: string; domain: string }, at: Date): Promise<void> {
  await tx.domainProof.updateMany({
    where: { domain: proof.domain, id: { not: proof.id }, endedAt: null, missingSince: { not: null } },
    data: { endedAt: at },
  })
}

async function writeFault(tx: Transaction, proofId: string, fault: string): Promise<void> {
  await tx.domainProof.updateMany({
    where: { id: proofId, endedAt: null },
    data: { fault, checkedAt: now(), wantedAt: null, nextCheckAt: null },
  })
}

async function tellOwners(tx: Transaction, proof: { organisationId: string; domain: string }): Promise<void> {
  const owners = await tx.membership.findMany({
    where: { organisationId: proof.organisationId, role: 'owner' },
    select: { person: { select: { name: true, email: true, locale: true } }, organisation: { select: { name: true } } },
  })
  for (const { person, organisation } of owners) {
    await oweAccountMail(tx, {
      kind: 'domain-missing',
      address: person.email,
      locale: person.locale === 'ja' ? 'ja' : 'en',
      facts: {
        name: person.name,
        organisation: organisation.name,
        domain: proof.domain,
        url: `${env().BASE_URL}/settings/domain`,
      },
      organisationId: proof.organisationId,
    })
  }
}
