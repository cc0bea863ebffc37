import { isRole, type Role } from '#app/accounts/roles.ts'
import { oweAccountMail } from '#app/accounts/owe-account-mail.server.ts'
import type { ActingMember } from '#app/notices/taker.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { removeObject } from '#app/platform/objects.server.ts'
import { revokeMandate } from './revoke-mandate.server.ts'

/** How many rows go in one transaction: what it holds stays bounded. */
const perPiece = 5_000

// What is removed refers to what is removed after it. Files are marked while their rows are still there.
const pieces = [
  'files',
  'drafts',
  'keys',
  'notes',
  'tags',
  'assignments',
  'views',
  'bulk-rows',
  'bulk-acts',
  'sheet-rows',
  'sheets',
  'imports',
  'unsent-evidence',
  'evidence-works',
  'evidence-lines',
  'uploads',
  'evidence',
  'letters',
  'places',
  'words',
  'returns',
  'matters',
  'signatures',
  'collective',
  'locations',
  'identifiers',
  'works',
  'versions',
  'catalogues',
  'joint-works',
  'directory',
  'invited',
  'exports',
  'origins',
] as const

/**
 * Erases an organisation whose days of grace are over: the job `erase-organisation`. Its mandates are revoked first, by their own
 * act and in an owner's name; then nobody belongs to it any more; then its own goes, piece by piece, and at last its name.
 * Killed anywhere, it is done again from the start and goes on where it was.
 *
 * @param closingId what was asked for; nothing is done when that was cancelled
 */
export async function eraseOrganisation(closingId: string): Promise<void> {
  const [begun] = await withWorker(
    (tx) => tx.$queryRaw<{ state: string }[]>`
      select begin_erasing(${closingId}::uuid, ${now()}::timestamptz) as state`,
  )
  if (begun?.state === 'busy') return askAgain(closingId)
  if (begun?.state === 'begun') {
    await revokeMandates(closingId)
    const [left] = await withWorker(
      (tx) => tx.$queryRaw<{ quiet: boolean }[]>`
        select end_memberships(${closingId}::uuid, ${now()}::timestamptz) as quiet`,
    )
    if (left?.quiet !== true) return askAgain(closingId)
    for (const piece of pieces) while ((await erasePiece(closingId, piece)) > 0);
    await withWorker((tx) => finish(tx, closingId))
  }
  await removeFiles(closingId)
}

/** Something of the organisation still runs: the next round queues the erasure anew. */
async function askAgain(closingId: string): Promise<void> {
  await withWorker((tx) =>
    tx.organisationClosing.updateMany({ where: { id: closingId, erasedAt: null }, data: { queuedAt: null } }),
  )
}

async function erasePiece(closingId: string, piece: (typeof pieces)[number]): Promise<number> {
  const [row] = await withWorker(
    (tx) => tx.$queryRaw<{ took: number }[]>`
      select erase_own(${closingId}::uuid, ${piece}, ${perPiece}, ${now()}::timestamptz) as took`,
  )
  return row?.took ?? 0
}

async function revokeMandates(closingId: string): Promise<void> {
  const open = await withWorker(
    (tx) => tx.$queryRaw<{ id: string }[]>`
      select d.id from organisation_closing c join mandate d on c.organisation_id in (d.member_id, d.association_id)
      where c.id = ${closingId}::uuid and exists (select from mandate_version v
        where v.mandate_id = d.id and v.ended_at is null and v.declined_at is null) order by d.id`,
  )
  if (open.length === 0) return
  const member = await withWorker((tx) => findActingOwner(tx, closingId))
  for (const { id } of open) await revokeMandate({ member, mandateId: id })
}

type OwnerRow = { personId: string; name: string; email: string; id: string; organisation: string; role: string }

// Whoever asked for it, while that is still an owner. There is one: the last owner cannot leave.
async function findActingOwner(tx: Transaction, closingId: string): Promise<ActingMember> {
  const [row] = await tx.$queryRaw<OwnerRow[]>`
    select p.id as "personId", p.name, p.email, o.id, o.name as organisation, m.role from organisation_closing c
    join organisation o on o.id = c.organisation_id join membership m on m.organisation_id = o.id and m.role = 'owner'
    join person p on p.id = m.person_id where c.id = ${closingId}::uuid order by p.id <> c.asked_by, p.id limit 1`
  if (!row) throw new Error(`the organisation of closing ${closingId} has no owner to revoke its mandates`)
  const { personId, name, email, id, organisation, role } = row
  return { personId, name, email, organisation: { id, name: organisation, role: knownRole(role) } }
}

function knownRole(role: string): Role {
  if (!isRole(role)) throw new Error(`no role: ${role}`)
  return role
}

type Told = { organisationId: string; organisation: string; name: string; email: string; locale: string }

// One transaction: the owners are told if, and only if, it is done.
async function finish(tx: Transaction, closingId: string): Promise<void> {
  const owners = await tx.$queryRaw<Told[]>`
    select o.id as "organisationId", o.name as organisation, p.name, p.email, p.locale
    from organisation_closing c join organisation o on o.id = c.organisation_id join person p on p.id = any(c.owners)
    where c.id = ${closingId}::uuid and c.erased_at is null and p.erased_at is null order by p.id`
  for (const { organisationId, organisation, name, email, locale } of owners) {
    await oweAccountMail(tx, {
      kind: 'organisation-erased',
      address: email,
      locale: locale === 'ja' ? 'ja' : 'en',
      organisationId,
      facts: { name, organisation, url: `${env().BASE_URL}/welcome` },
    })
  }
  await tx.$queryRaw`select note_closing_mails(${closingId}::uuid)::text`
  await tx.$queryRaw`select finish_erasing(${closingId}::uuid, ${now()}::timestamptz)`
}

async function removeFiles(closingId: string): Promise<void> {
  for (;;) {
    const marked = await withWorker(
      (tx) => tx.$queryRaw<{ sha256: string; free: boolean }[]>`
        select sha256, free from forgettable_files(${closingId}::uuid, 200)`,
    )
    if (marked.length === 0) return
    for (const { sha256, free } of marked) if (free) await removeObject(sha256)
    await withWorker((tx) =>
      tx.closingFile.deleteMany({ where: { closingId, sha256: { in: marked.map((each) => each.sha256) } } }),
    )
  }
}
