import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { completenessOf } from '#app/notices/filing-completeness.ts'
import { elementFactsOf, type FilingVendor, type HolderFacts } from '#app/notices/filing-facts.ts'
import { mostListedWorks } from '#app/notices/scope.ts'
import { dayOf } from '#app/notices/working-days.ts'
import { annexWorksSchema, judgeAnnex, swornStatements, type Grant, type LeftOutReason } from './collective.ts'
import { freezeAnnexes, type FrozenAnnex } from './freeze-annexes.server.ts'
import { guardAnnexes, tieAnnexes, type AnnexToGuard } from './guard-annexes.server.ts'
import { lockGrants } from './lock-grants.server.ts'
import { beginMaking, type Making } from './making.server.ts'
import { stillIn } from './still-in.server.ts'
import { startAnnexReview } from './start-annex-review.server.ts'
import { ReferenceTaken, storeAnnexNotices, type AnnexToStore } from './store-annex-notices.server.ts'

/** About so many notices are made in one transaction: a killed process loses no more work than that. */
const noticesAtOnce = 1_000
const mostTries = 5

/**
 * Makes the notices of a collective filing, some members at a time, each with all its notices or none, and then begins the time
 * in which members look at their annexes. Fit to be run again from the start: what was made is not made twice.
 */
export async function makeCollective(collectiveId: string): Promise<void> {
  const making = await beginMaking(collectiveId)
  if (making === null) return
  let clashes = 0
  for (;;) {
    try {
      if ((await withWorker((tx) => makeSome(tx, making))) === 0) break
    } catch (error) {
      // Somebody else took a drawn reference in the same instant: others are drawn.
      clashes += 1
      if (!(error instanceof ReferenceTaken) || clashes === mostTries) throw error
    }
  }
  await startAnnexReview(making)
}

interface ChosenMember {
  readonly memberId: string
  readonly catalogueId: string
  readonly version: number
  readonly works: unknown
  readonly owned: boolean
  readonly holder: HolderFacts
}

interface LeftOut {
  readonly memberId: string
  readonly vendorId: string | null
  readonly because: LeftOutReason
}

interface Going {
  readonly member: ChosenMember
  readonly grant: Grant
  readonly vendors: readonly FilingVendor[]
}

async function makeSome(tx: Transaction, making: Making): Promise<number> {
  if (!(await stillIn(tx, making.collectiveId, 'making'))) return 0
  const most = Math.max(1, Math.floor(noticesAtOnce / Math.max(1, making.vendors.length)))
  const members = await lockChosen(tx, making.collectiveId, most)
  if (members.length === 0) return 0
  const at = now()
  const grants = await lockGrants(
    tx,
    making.association.id,
    members.map(({ memberId }) => memberId),
  )
  const leftOut: LeftOut[] = []
  const going: Going[] = []
  for (const member of members) {
    const judged = judgeMember(making, member, { grant: grants.get(member.memberId), at })
    leftOut.push(...judged.leftOut)
    if (judged.going !== null) going.push(judged.going)
  }
  const frozen = await freezeAnnexes(
    tx,
    going.map(({ member: { memberId, catalogueId, version, works } }) => ({
      memberId,
      catalogueId,
      version,
      works: annexWorksSchema.parse(works),
    })),
    at,
  )
  const annexes = going.flatMap(({ member, grant, vendors }): AnnexToGuard[] => {
    const { memberId, catalogueId, version, works: chosen } = member
    const works = frozen.get(memberId)
    const because = barOfWorks(works)
    if (works !== undefined && because === null)
      return [{ memberId, grant, vendors, works, catalogueId, version, chosen }]
    leftOut.push({ memberId, vendorId: null, because: because ?? 'no_works' })
    return []
  })
  const guarded = await guardAnnexes(tx, making, { annexes, at })
  const made = await storeAnnexNotices(tx, making, guarded.annexes, at)
  await tieAnnexes(tx, making, { ties: guarded.ties, made, at })
  await markMembers(tx, { making, members, made: guarded.annexes, leftOut: [...leftOut, ...guarded.leftOut] })
  return members.length
}

function barOfWorks(works: FrozenAnnex | undefined): LeftOutReason | null {
  if (works === undefined || works.count === 0) return 'no_works'
  return works.count > mostListedWorks ? 'too_many_works' : null
}

function judgeMember(
  making: Making,
  member: ChosenMember,
  { grant, at }: { grant: Grant | undefined; at: Date },
): { readonly going: Going | null; readonly leftOut: readonly LeftOut[] } {
  const { memberId, catalogueId, holder, owned } = member
  const { filing } = making.content
  const none = (because: LeftOutReason) => ({ going: null, leftOut: [{ memberId, vendorId: null, because }] })
  // A catalogue of somebody else is covered by nobody's mandate.
  if (!owned) return none('catalogue_not_covered')
  const verdict = judgeAnnex({
    grant,
    at,
    catalogueId,
    verified: holder.verified,
    sworn: swornStatements(filing).length > 0,
    measures: filing.measures.map(({ measure }) => measure),
    vendors: making.vendors.map(({ id, contact }) => ({ id, reachable: contact !== null })),
  })
  const leftOut = verdict.leftOut.map((each) => ({ memberId, ...each }))
  const reached = new Set(verdict.vendorIds)
  const vendors = making.vendors.filter(({ id }) => reached.has(id))
  if (verdict.grant === null || vendors.length === 0) return { going: null, leftOut }
  if (isIncomplete(making, { holder, vendors, at })) return none('incomplete')
  return { going: { member, grant: verdict.grant, vendors }, leftOut }
}

// What the letters say of the member itself: name, address and telephone, where a basis wants them. Works are judged apart.
function isIncomplete(
  { content: { filing } }: Making,
  { holder, vendors, at }: { holder: HolderFacts; vendors: readonly FilingVendor[]; at: Date },
): boolean {
  const works = { catalogueId: '', catalogue: '', version: 1, currentVersion: 1, count: 1, whole: true, examples: [] }
  const facts = { holder, vendors, works: { ...works, unfindable: null }, locations: [], evidence: [], left: {} }
  const today = dayOf(at.toISOString(), holder)
  const elements = elementFactsOf(filing, facts, filing.signature?.personId ?? '', today)
  return completenessOf({ ...elements, signedLater: false }).missing.length > 0
}

function lockChosen(tx: Transaction, collectiveId: string, most: number): Promise<ChosenMember[]> {
  return tx.$queryRaw<ChosenMember[]>`
    select m.member_id as "memberId", m.catalogue_id as "catalogueId", m.catalogue_version as version, m.works,
      c.organisation_id = m.member_id as owned,
      json_build_object('name', o.name, 'nameOther', o.name_other, 'addressLines', o.address_lines, 'locality', o.locality,
        'postalCode', o.postal_code, 'country', o.country, 'telephone', o.telephone, 'timeZone', o.time_zone,
        'undoMinutes', o.undo_minutes, 'verified', o.verified_at is not null and o.closes_at is null, 'fourEyes', false) as holder
    from collective_member m join organisation o on o.id = m.member_id join catalogue c on c.id = m.catalogue_id
    where m.collective_id = ${collectiveId}::uuid and m.state = 'chosen'
    order by m.member_id limit ${most} for update of m`
}

async function markMembers(
  tx: Transaction,
  {
    making: { collectiveId },
    members,
    made,
    leftOut,
  }: {
    making: Making
    members: readonly ChosenMember[]
    made: readonly AnnexToStore[]
    leftOut: readonly LeftOut[]
  },
): Promise<void> {
  const rows = made.map(({ memberId, grant, works }) => ({
    memberId,
    mandateId: grant.mandateId,
    version: grant.version,
    approval: grant.approvalRequired,
    scopeId: works.scopeId,
    count: works.count,
  }))
  await tx.$executeRaw`
    update collective_member m set state = 'made', mandate_id = r."mandateId", mandate_version = r.version,
      approval_required = r.approval, scope_id = r."scopeId", works_count = r.count
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r ("memberId" uuid, "mandateId" uuid, version int, approval boolean, "scopeId" uuid, count int)
    where m.collective_id = ${collectiveId}::uuid and m.member_id = r."memberId"`
  const done = new Set(made.map(({ memberId }) => memberId))
  const out = members.filter(({ memberId }) => !done.has(memberId)).map(({ memberId }) => memberId)
  await tx.$executeRaw`
    update collective_member set state = 'left_out' where collective_id = ${collectiveId}::uuid and member_id = any(${out}::uuid[])`
  await tx.$executeRaw`
    insert into collective_left_out (collective_id, member_id, vendor_id, because)
    select ${collectiveId}::uuid, "memberId", "vendorId", because
    from jsonb_to_recordset(${JSON.stringify(leftOut)}::jsonb) as l ("memberId" uuid, "vendorId" uuid, because text)`
}
