import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import { statementsWanted } from '#app/notices/filing-facts.ts'
import { getParties } from '#app/notices/filing-facts.server.ts'
import { judgeSignature, type SignatureForm, type SigningFault } from '#app/notices/filing-signing.ts'
import { dayOf } from '#app/notices/working-days.ts'
import { collectiveContentSchema, type CollectiveContent } from './collective.ts'
import { findRepeatedPairs } from './find-repeated.server.ts'
import { gapsOf, type CollectiveGap } from './collective-gaps.ts'

/** Why a collective filing is not submitted, or not approved. */
export type SubmitRefusal = 'role-too-low' | 'not-verified' | 'gone' | 'changed' | 'own-submission' | 'not-submitted'

/** It is being made, waits for an approver, or why not. */
export type CollectiveSubmitted =
  | { readonly submitted: true; readonly reference: string; readonly needsApproval: boolean }
  | { readonly submitted: false; readonly because: SubmitRefusal }
  | { readonly submitted: false; readonly because: 'incomplete'; readonly gaps: readonly CollectiveGap[] }
  | { readonly submitted: false; readonly because: 'unsigned'; readonly faults: readonly SigningFault[] }

interface Submitting {
  readonly member: Member
  readonly collectiveId: string
  /** The revision that was read. */
  readonly revision: number
  /** What the signatory ticks and types; an association under four eyes has its approver sign instead. */
  readonly form: SignatureForm
}

interface Locked {
  readonly id: string
  readonly reference: string
  readonly state: string
  readonly revision: number
  readonly submittedBy: string | null
  readonly content: CollectiveContent
  readonly members: number
  readonly fourEyes: boolean
  readonly verified: boolean
}

/**
 * Signs and submits a collective filing: the worker then makes its notices. Under four eyes it waits, unsigned, for another
 * approver. Asked twice, it is submitted once.
 */
export function submitCollective({ member, collectiveId, revision, form }: Submitting): Promise<CollectiveSubmitted> {
  return withPerson(member.personId, async (tx): Promise<CollectiveSubmitted> => {
    if (!mayDo(member.organisation.role, 'file-notices')) return refuse('role-too-low')
    const locked = await lockCollective(tx, member, collectiveId)
    if (locked === null) return refuse('gone')
    const { reference, state, fourEyes, verified, content, members } = locked
    if (state !== 'draft') return { submitted: true, reference, needsApproval: state === 'to_approve' }
    if (!verified) return refuse('not-verified')
    if (locked.revision !== revision) return refuse('changed')
    const { kind, vendorIds } = content.filing
    const { vendors, holder } = await getParties(tx, member.organisation.id, { vendorIds, kind })
    const repeated = (await findRepeatedPairs(tx, { collectiveId, content })).length > 0
    const gaps = gapsOf(content, { members, vendors, repeated, today: dayOf(now().toISOString(), holder) })
    if (gaps.length > 0) return { submitted: false, because: 'incomplete', gaps }
    if (fourEyes) {
      await save(tx, { member, locked, content: withoutSignature(content), state: 'to_approve', at: now() })
      return { submitted: true, reference, needsApproval: true }
    }
    const signed = sign(content, { member, form })
    if (!signed.signs) return { submitted: false, because: 'unsigned', faults: signed.faults }
    await save(tx, { member, locked, content: signed.content, state: 'making', at: now() })
    await queueMaking(tx, member, collectiveId)
    return { submitted: true, reference, needsApproval: false }
  })
}

/** Another approver of the association signs what was submitted to him or her: the worker then makes its notices. */
export function approveCollective({ member, collectiveId, revision, form }: Submitting): Promise<CollectiveSubmitted> {
  return withPerson(member.personId, async (tx): Promise<CollectiveSubmitted> => {
    if (!mayDo(member.organisation.role, 'approve-filings')) return refuse('role-too-low')
    const locked = await lockCollective(tx, member, collectiveId)
    if (locked === null) return refuse('gone')
    const { reference, state, content } = locked
    if (state === 'draft') return refuse('not-submitted')
    if (state !== 'to_approve') return { submitted: true, reference, needsApproval: false }
    if (locked.submittedBy === member.personId) return refuse('own-submission')
    if (locked.revision !== revision) return refuse('changed')
    const signed = sign(content, { member, form })
    if (!signed.signs) return { submitted: false, because: 'unsigned', faults: signed.faults }
    const at = now()
    await tx.$executeRaw`
      update collective_filing set state = 'making', content = ${JSON.stringify(signed.content)}::jsonb, revision = revision + 1,
        approved_by = ${member.personId}::uuid, approved_at = ${at}, updated_by = ${member.personId}::uuid, updated_at = ${at}
      where id = ${collectiveId}::uuid`
    await queueMaking(tx, member, collectiveId)
    return { submitted: true, reference, needsApproval: false }
  })
}

function refuse(because: SubmitRefusal): CollectiveSubmitted {
  return { submitted: false, because }
}

// The row as it is now, locked while it can still be changed; later it can only be read.
async function lockCollective(tx: Transaction, member: Member, id: string): Promise<Locked | null> {
  await tx.$queryRaw`select id from collective_filing where id = ${id}::uuid for update`
  const [row] = await tx.$queryRaw<(Omit<Locked, 'content'> & { content: unknown })[]>`
    select c.id, c.reference, c.state, c.revision, c.content, c.submitted_by as "submittedBy", o.four_eyes as "fourEyes",
      o.verified_at is not null and o.closes_at is null as verified,
      (select count(*)::int from collective_member m where m.collective_id = c.id) as members
    from collective_filing c join organisation o on o.id = c.association_id
    where c.id = ${id}::uuid and c.association_id = ${member.organisation.id}::uuid`
  return row ? { ...row, content: collectiveContentSchema.parse(row.content) } : null
}

function withoutSignature(content: CollectiveContent): CollectiveContent {
  return { ...content, filing: { ...content.filing, signature: null } }
}

type Signed =
  | { readonly signs: true; readonly content: CollectiveContent }
  | { readonly signs: false; readonly faults: readonly SigningFault[] }

function sign(content: CollectiveContent, { member, form }: { member: Member; form: SignatureForm }): Signed {
  const { filing } = content
  const verdict = judgeSignature(form, statementsWanted(filing), member)
  if (!verdict.signs) return verdict
  const { name, capacity, statements } = verdict
  const signature = {
    personId: member.personId,
    name,
    capacity,
    statements: [...statements],
    signedAt: now().toISOString(),
    timeZone: member.organisation.timeZone,
  }
  return { signs: true, content: { ...content, filing: { ...filing, capacity, signature } } }
}

async function save(
  tx: Transaction,
  {
    member,
    locked,
    content,
    state,
    at,
  }: { member: Member; locked: Locked; content: CollectiveContent; state: 'to_approve' | 'making'; at: Date },
): Promise<void> {
  await tx.$executeRaw`
    update collective_filing set state = ${state}, content = ${JSON.stringify(content)}::jsonb, revision = revision + 1,
      submitted_by = ${member.personId}::uuid, submitted_at = ${at}, updated_by = ${member.personId}::uuid, updated_at = ${at}
    where id = ${locked.id}::uuid`
}

async function queueMaking(tx: Transaction, member: Member, collectiveId: string): Promise<void> {
  const at = now()
  await tx.job.createMany({
    data: [
      {
        id: newId(),
        kind: 'make-collective',
        subjectId: collectiveId,
        organisationId: member.organisation.id,
        requestedBy: member.personId,
        status: 'queued',
        runAt: at,
        createdAt: at,
      },
    ],
  })
  await wake(tx, 'job')
}
