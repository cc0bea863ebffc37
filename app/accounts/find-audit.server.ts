import { Prisma } from '#app/generated/prisma/client.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { nameIn } from '#app/ui/language-of.ts'
import {
  auditGroups,
  isAuditKind,
  mostAuditCounted,
  type AuditActor,
  type AuditFacts,
  type AuditLine,
  type AuditQuery,
} from './audit.ts'
import type { Member } from './viewer.server.ts'

/** How many entries stand on a page. */
export const auditLinesPerPage = 50

/** Somebody whom the record names: a member now, or one who has left. */
export type AuditPerson = { id: string; name: string }

/** A page of an organisation's record, newest first, for its owners. Row security shows others nothing. */
export async function findAudit(
  member: Member,
  asked: AuditQuery,
): Promise<{ lines: AuditLine[]; next: string | null; found: number; people: AuditPerson[] }> {
  const { id: organisationId } = member.organisation
  return withPerson(member.personId, async (tx) => {
    const people = await findAuditPeople(tx, member)
    const where = matching({ organisationId, asked, timeZone: member.timeZone })
    const rows = await findRows(tx, { where, before: asked.before, most: auditLinesPerPage + 1 })
    const [counted] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from (select from audit_entry e where ${where} limit ${mostAuditCounted}) as these`
    const lines = rows.slice(0, auditLinesPerPage).map((row) => lineOf(row, people))
    return {
      lines,
      next: rows.length > auditLinesPerPage ? (lines.at(-1)?.id ?? null) : null,
      found: counted?.count ?? 0,
      people,
    }
  })
}

const atOnce = 1_000

/** Every matching entry, newest first: each part is read, and authorised again, when its reader takes it. */
export async function* streamAudit(member: Member, asked: Omit<AuditQuery, 'before'>): AsyncGenerator<AuditLine> {
  const { personId, timeZone, organisation } = member
  let before: string | null = null
  for (;;) {
    const from = before
    const part: AuditLine[] = await withPerson(personId, async (tx) => {
      const people = await findAuditPeople(tx, member)
      const where = matching({ organisationId: organisation.id, asked: { ...asked, before: from }, timeZone })
      return (await findRows(tx, { where, before: from, most: atOnce })).map((row) => lineOf(row, people))
    })
    yield* part
    if (part.length < atOnce) return
    before = part.at(-1)?.id ?? null
  }
}

type Row = {
  id: string
  at: Date
  kind: string
  actor: AuditActor
  personId: string | null
  subjectId: string | null
  invited: string | null
  facts: AuditFacts
  networkAddress: string | null
  browser: string | null
}

function findRows(
  tx: Transaction,
  { where, before, most }: { where: Prisma.Sql; before: string | null; most: number },
): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    select e.id, e.at, e.kind, e.actor, e.person_id as "personId", e.subject_id as "subjectId", e.facts, i.email as invited,
      o.network_address as "networkAddress", o.browser
    from audit_entry e left join audit_origin o on o.entry_id = e.id
      left join invitation i on i.id = e.subject_id and e.kind in ('invited', 'invitation-revoked')
    where ${where} and (${before}::uuid is null or e.id < ${before}::uuid) order by e.id desc limit ${most}`
}

// Days are those of the reader's own clock.
function matching({
  organisationId,
  asked: { person, group, from, to },
  timeZone,
}: {
  organisationId: string
  asked: AuditQuery
  timeZone: string
}): Prisma.Sql {
  const kinds = group === null ? null : [...auditGroups[group]]
  return Prisma.sql`e.organisation_id = ${organisationId}::uuid
    and (${person}::uuid is null or e.person_id = ${person}::uuid)
    and (${kinds}::text[] is null or e.kind = any(${kinds}::text[]))
    and (${from}::text is null or e.at >= ${from}::date::timestamp at time zone ${timeZone})
    and (${to}::text is null or e.at < (${to}::date + 1)::timestamp at time zone ${timeZone})`
}

async function findAuditPeople(tx: Transaction, { organisation, locale }: Member): Promise<AuditPerson[]> {
  const rows = await tx.$queryRaw<{ id: string; name: string; name_other: string | null }[]>`
    select id, name, name_other from audit_people(${organisation.id}::uuid) order by name, id`
  return rows.map(({ id, name, name_other: other }) => ({ id, name: nameIn(locale, name, other) }))
}

function lineOf({ subjectId, invited, ...row }: Row, people: readonly AuditPerson[]): AuditLine {
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? null
  const { kind } = row
  if (!isAuditKind(kind)) throw new Error(`The record holds a kind that the portal does not know: ${kind}`)
  // Who of the operator's people it was is the operator's to know.
  const who = row.actor === 'member' ? nameOf(row.personId) : null
  return { ...row, kind, who, subject: invited ?? nameOf(subjectId) }
}
