import { afterEach, expect, test } from 'vitest'
import { auditActor, auditSentence } from '#app/accounts/audit-words.ts'
import { findAudit } from '#app/accounts/find-audit.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { anAssociation, dayFromNow, inForce, seeAll, seesNotice, signature } from '#test/associations.ts'
import { aCatalogue } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { acceptMandate } from './accept-mandate.server.ts'
import { declineMandate } from './decline-mandate.server.ts'
import { endMandates } from './end-mandates.server.ts'
import { findDocument } from './keep-document.server.ts'
import { narrowMandate } from './narrow-mandate.server.ts'
import { offerMandate } from './offer-mandate.server.ts'
import { revokeMandate } from './revoke-mandate.server.ts'

const db = await testDatabase()
afterEach(() => setClock(null))

const nothing = { person: null, group: 'mandates', from: null, to: null, before: null } as const

/** What the record of an organisation says of its mandates, oldest first. */
async function recordOf(member: Member): Promise<string[]> {
  const { lines } = await findAudit(member, nothing)
  return lines.map((line) => `${auditActor(line)}: ${auditSentence(line)}`).toReversed()
}

async function offerOf(association: Member, member: Member, terms = seeAll) {
  const withId = member.organisation.id
  const offered = await offerMandate({ member: association, as: 'association', withId, terms, signature: null })
  if (!offered.allowed) throw new Error(offered.because)
  return offered
}

const told = (partner: string, sentence: string) => `Mandate with ${partner}: ${sentence}`

test('every act on a mandate stands in the records of both sides, with the person in one of them', async () => {
  const { association, member, mandateId } = await inForce(db.owner, seeAll)
  const narrower = { ...seeAll, endsOn: dayFromNow(90) }
  await narrowMandate({ member, mandateId, terms: narrower, signature })
  const { version } = await offerOf(association.member, member)
  await declineMandate({ member, mandateId, version })
  const again = await offerOf(association.member, member)
  await declineMandate({ member: association.member, mandateId, version: again.version })
  await revokeMandate({ member, mandateId })
  await revokeMandate({ member, mandateId })
  const { name: one } = association.organisation
  const { name: two } = member.organisation
  const acts = [
    ['association', 'offered version 1.'],
    ['member', 'accepted version 1.'],
    ['member', 'narrowed it to version 2.'],
    ['association', 'offered version 3.'],
    ['member', 'declined version 3.'],
    ['association', 'offered version 4.'],
    ['association', 'took the offer of version 4 back.'],
    ['member', 'revoked version 2.'],
  ] as const
  expect(await recordOf(association.member)).toEqual(
    acts.map(([by, said]) => `${by === 'association' ? association.person.name : two}: ${told(two, said)}`),
  )
  expect(await recordOf(member)).toEqual(
    acts.map(([by, said]) => `${by === 'member' ? member.name : one}: ${told(one, said)}`),
  )
})

test('nobody writes into the record of an organisation with which they have no mandate', async () => {
  const { mandateId, member } = await inForce(db.owner, seeAll)
  const stranger = await anAssociation(db.owner)
  const tell = (by: Member, partner: string, kind: string) =>
    withPerson(
      by.personId,
      (tx) =>
        tx.$queryRaw`select audit_for_partner(${newId()}::uuid, ${mandateId}::uuid, ${partner}::uuid, now(), ${kind}, '{}')::text`,
    )
  const refused = 'Only an owner of one side'
  await expect(tell(stranger.member, member.organisation.id, 'mandate-revoked')).rejects.toThrow(refused)
  await expect(tell(member, stranger.organisation.id, 'mandate-revoked')).rejects.toThrow(refused)
  await expect(tell(member, member.organisation.id, 'mandate-revoked')).rejects.toThrow(refused)
})

test('a member names the catalogues for which it accepts, and the association sees no others', async () => {
  const [association, pair] = [await anAssociation(db.owner), await aPair(db.owner)]
  const { member } = pair.holder
  const hidden = await aSentNotice(db.owner, pair)
  const named = await aCatalogue(db.owner, member.organisation.id)
  const { mandateId, version } = await offerOf(association.member, member)
  const accept = { member, mandateId, version, signature, catalogues: [named.id] }
  expect(await acceptMandate(accept)).toEqual({ allowed: true })
  expect(await acceptMandate(accept)).toEqual({ allowed: true })
  const { rows } = await db.owner.query(
    `select version, catalogues, ended_at is null as counts from mandate_version where mandate_id = $1 order by 1`,
    [mandateId],
  )
  expect(rows).toEqual([
    { version: 1, catalogues: null, counts: false },
    { version: 2, catalogues: [named.id], counts: true },
  ])
  expect(await seesNotice(association.person.id, hidden.id)).toBe(false)
  expect((await recordOf(member)).at(-1)).toContain('narrowed it to version 2')
})

test('its last day ends a mandate by the portal’s hand, in both records', async () => {
  const { association, member } = await inForce(db.owner, { ...seeAll, endsOn: dayFromNow(1) })
  setClock(new Date(Date.now() + 3 * 86_400_000))
  await endMandates()
  await endMandates()
  for (const side of [association.member, member])
    expect((await recordOf(side)).filter((line) => /^The portal: .*came to its last day/.test(line))).toHaveLength(1)
})

test('the signed paper is for both sides and for nobody else', async () => {
  const [association, pair] = [await anAssociation(db.owner), await aPair(db.owner)]
  const document = { sha256: 'a'.repeat(64), name: 'mandate.pdf', bytes: 12 }
  const offered = await offerMandate({
    member: association.member,
    as: 'association',
    withId: pair.holder.organisation.id,
    terms: seeAll,
    document,
    signature: null,
  })
  if (!offered.allowed) throw new Error(offered.because)
  const asked = { mandateId: offered.mandateId, version: offered.version }
  expect(await findDocument(association.member, asked)).toEqual(document)
  expect(await findDocument(pair.holder.member, asked)).toEqual(document)
  for (const other of [(await anAssociation(db.owner)).member, pair.vendor.member])
    expect(await findDocument(other, asked)).toBeNull()
})
