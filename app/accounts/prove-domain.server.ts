import { randomBytes } from 'node:crypto'

import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'
import { wake } from '#app/platform/wake.server.ts'

import { recordAudit } from './record-audit.server.ts'
import { mayDo } from './roles.ts'
import type { Member } from './viewer.server.ts'

/** How many domains one organisation may have at a time. */
const mostDomains = 10

type Refused = { allowed: false; because: 'not-an-owner' | 'already-there' | 'too-many' | 'no-domain' }
type Started = { allowed: true } | Refused

/** Begins to prove a domain: from now on there is a token, which the organisation puts on its domain. */
export async function startDomainProof(member: Member, domain: string): Promise<Started> {
  if (!mayDo(member.organisation.role, 'manage-organisation')) return { allowed: false, because: 'not-an-owner' }
  const organisationId = member.organisation.id
  return withPerson(member.personId, async (tx): Promise<Started> => {
    // Row security lets nobody lock an organisation but its owners: who is none any more finds no row.
    const mine = await tx.$queryRaw<unknown[]>`
      select from organisation where id = ${organisationId}::uuid and id in (select my_organisations_as('{owner}')) for no key update`
    if (mine.length === 0) return { allowed: false, because: 'not-an-owner' }
    const open = await tx.domainProof.findMany({
      where: { organisationId, endedAt: null },
      select: { domain: true },
    })
    if (open.some((proof) => proof.domain === domain)) return { allowed: false, because: 'already-there' }
    if (open.length >= mostDomains) return { allowed: false, because: 'too-many' }
    await tx.domainProof.create({
      data: {
        id: newId(),
        organisationId,
        domain,
        token: randomBytes(20).toString('base64url'),
        askedBy: member.personId,
        createdAt: now(),
      },
    })
    await recordAudit(tx, { organisationId, kind: 'domain-started', personId: member.personId, facts: { domain } })
    return { allowed: true }
  })
}

/** Has the worker look at a domain. Asked for twice before it has looked, it looks once. */
export async function askForLook(member: Member, proofId: string): Promise<Started> {
  const counted = await countTry('domain looks of organisation', member.organisation.id)
  if (!counted.allowed) return { allowed: false, because: 'too-many' }
  return onOwnProof(member, proofId, async (tx) => {
    const at = now()
    await tx.domainProof.update({ where: { id: proofId }, data: { wantedAt: at } })
    const waiting = await tx.job.count({ where: { kind: 'check-domain', subjectId: proofId, status: 'queued' } })
    if (waiting > 0) return
    await tx.job.create({
      data: {
        id: newId(),
        kind: 'check-domain',
        subjectId: proofId,
        organisationId: member.organisation.id,
        requestedBy: member.personId,
        status: 'queued',
        runAt: at,
        createdAt: at,
      },
    })
    await wake(tx, 'job')
  })
}

/** Gives a domain up: it is shown no more, and another organisation may prove it. */
export async function giveDomainUp(member: Member, proofId: string): Promise<Started> {
  return onOwnProof(member, proofId, async (tx) => {
    const { domain } = await tx.domainProof.update({
      where: { id: proofId },
      data: { endedAt: now() },
      select: { domain: true },
    })
    const { personId, organisation } = member
    await recordAudit(tx, { organisationId: organisation.id, kind: 'domain-given-up', personId, facts: { domain } })
  })
}

async function onOwnProof(member: Member, proofId: string, act: (tx: Transaction) => Promise<void>): Promise<Started> {
  if (!mayDo(member.organisation.role, 'manage-organisation')) return { allowed: false, because: 'not-an-owner' }
  return withPerson(member.personId, async (tx): Promise<Started> => {
    const [found] = await tx.$queryRaw<unknown[]>`
      select id from domain_proof where id = ${proofId}::uuid and organisation_id = ${member.organisation.id}::uuid
        and ended_at is null for update`
    if (found === undefined) return { allowed: false, because: 'no-domain' }
    await act(tx)
    return { allowed: true }
  })
}
