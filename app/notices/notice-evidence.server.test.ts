import { describe, expect, test } from 'vitest'
import { aHolder, aPerson, anOrganisation } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aPiece } from '#test/evidence.ts'
import { aPicture } from '#test/pictures.ts'
import { readerOf } from '#test/filer.ts'
import { memberOf } from '#test/members.ts'
import { aMember, aNotice, aPair, aSentNotice } from '#test/notices.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { captureForm } from '#app/evidence/capture.ts'
import { describePiece } from '#app/evidence/describe-piece.server.ts'
import { findPiecePage } from '#app/evidence/find-piece-page.server.ts'
import { findPiece } from '#app/evidence/find-pieces.server.ts'
import { openPiece } from '#app/evidence/open-piece.server.ts'
import type { Travel } from '#app/evidence/sharing.ts'
import { linkToken, withLink, withNobody, withPerson, withWorker } from '#app/platform/db.server.ts'
import { addEvidence } from './add-evidence.server.ts'
import { findLinkPage } from './find-link-notice.server.ts'
import { findNotice } from './find-notice.server.ts'
import { openLinkPiece } from './open-link-piece.server.ts'
import { asMember } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { member } = pair.holder
const { rowsOf } = readerOf(db.owner)
const query = { view: undefined, cursor: null, earlier: undefined } as const
const looker = (who: Member) => ({
  personId: who.personId,
  linkId: null,
  networkAddress: '192.0.2.1',
  userAgent: 'test',
})
const visit = { method: 'GET', what: 'evidence', networkAddress: '192.0.2.9', userAgent: null } as const

function add(noticeId: string, chosen: [string, Travel][], { who = member, originalsConfirmed = false } = {}) {
  return asMember(who, (tx, taker) => {
    if (taker.channel !== 'portal') throw new Error('not a member')
    return addEvidence(tx, { taker, noticeId, chosen: new Map(chosen), originalsConfirmed })
  })
}

async function aRedactedPiece(grey: number) {
  const original = await aPiece(member, { name: 'output.png', bytes: aPicture(grey) })
  const copy = await aPiece(member, { name: 'redacted.png', bytes: aPicture(grey, 9), redactionOf: original.id })
  return { original, copy }
}

const reads = async (who: Member, id: string) => (await withPerson(who.personId, (tx) => findPiece(tx, id))) !== null
const events = (noticeId: string) =>
  rowsOf<{ type: string; payload: { pieces?: { sha256: string }[] }; shared: boolean }>(
    `select type, payload, shared from notice_event where notice_id = $1 and type like 'evidence.%' order by sequence`,
    [noticeId],
  )

describe('evidence added to a sent notice', () => {
  test('the redacted copy is read by the vendor and the link, the original by nobody but the holder', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original, copy } = await aRedactedPiece(10)
    expect(await add(notice.id, [[original.id, 'redacted']])).toEqual({ added: true, pieces: 1 })
    const vendor = pair.vendor.member
    const token = linkToken(notice.linkId)
    expect([await reads(vendor, copy.id), await reads(vendor, original.id)]).toEqual([true, false])
    const opened = await openLinkPiece(token, { id: copy.id, what: 'downloaded', visit })
    expect(opened.open && opened.value?.piece.sha256).toBe(copy.sha256)
    expect(await openLinkPiece(token, { id: original.id, what: 'opened', visit })).toEqual({ open: true, value: null })
    const page = await findLinkPage(token, { ...visit, what: 'page' })
    expect(page.open && page.value.evidence.map(({ piece }) => piece.id)).toEqual([copy.id])
    const seen = await findNotice({ member: vendor, reference: notice.reference, query })
    expect(seen?.evidence.map(({ piece, redacted }) => [piece.id, redacted])).toEqual([[copy.id, true]])
    const own = await findNotice({ member, reference: notice.reference, query })
    expect(own?.evidence).toHaveLength(1)
    const lines = await events(notice.id)
    expect(lines).toMatchObject([
      { type: 'evidence.shared', shared: true, payload: { pieces: [{ sha256: copy.sha256 }] } },
    ])
    const owed = await rowsOf('select audience from mail_duty where notice_id = $1 and kind = $2', [
      notice.id,
      'evidence-shared',
    ])
    expect(owed).toEqual([{ audience: 'vendor' }])
  })

  test('what is kept for the own side leaves a line that the vendor does not read, and no mail', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original, copy } = await aRedactedPiece(20)
    expect(await add(notice.id, [[original.id, 'kept']])).toEqual({ added: true, pieces: 1 })
    const vendor = pair.vendor.member
    expect([await reads(vendor, copy.id), await reads(vendor, original.id)]).toEqual([false, false])
    const seen = await findNotice({ member: vendor, reference: notice.reference, query })
    expect(seen?.evidence).toEqual([])
    expect(seen?.record.lines.map(({ type }) => type)).not.toContain('evidence.added')
    expect((await findNotice({ member, reference: notice.reference, query }))?.record.lines[0]?.type).toBe(
      'evidence.added',
    )
    expect(
      await rowsOf('select 1 from mail_duty where notice_id = $1 and kind = $2', [notice.id, 'evidence-shared']),
    ).toEqual([])
    // Later it is shared after all.
    expect(await add(notice.id, [[original.id, 'redacted']])).toEqual({ added: true, pieces: 1 })
    expect([await reads(vendor, copy.id), await reads(vendor, original.id)]).toEqual([true, false])
    expect((await events(notice.id)).map(({ type }) => type)).toEqual(['evidence.added', 'evidence.shared'])
  })

  test('goes with it up to fifty files, however often some are added; what is there already can still be shared', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original, copy } = await aRedactedPiece(25)
    await db.owner.query(
      `with more as (
         insert into evidence (id, organisation_id, sha256, bytes, media_type, name, search_text, made_by, made_at)
         select gen_random_uuid(), organisation_id, sha256, bytes, media_type, name, search_text, made_by, made_at
         from evidence, generate_series(1, 49) where id = $2 returning id, made_by, made_at)
       insert into evidence_notice (notice_id, evidence_id, added_by, added_at) select $1, id, made_by, made_at from more`,
      [notice.id, original.id],
    )
    expect(await add(notice.id, [[original.id, 'kept']])).toEqual({ added: true, pieces: 1 })
    const further = await aPiece(member, { bytes: aPicture(26) })
    const both: [string, Travel][] = [
      [original.id, 'redacted'],
      [further.id, 'kept'],
    ]
    expect(await add(notice.id, both)).toEqual({ added: false, because: 'too-many' })
    expect(await add(notice.id, [[original.id, 'redacted']])).toEqual({ added: true, pieces: 1 })
    expect(await reads(pair.vendor.member, copy.id)).toBe(true)
  })

  test('an original travels only with its tick', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original } = await aRedactedPiece(30)
    expect(await add(notice.id, [[original.id, 'original']])).toEqual({
      added: false,
      because: 'originals-unconfirmed',
    })
    expect(await events(notice.id)).toEqual([])
    expect(await add(notice.id, [[original.id, 'original']], { originalsConfirmed: true })).toMatchObject({
      added: true,
    })
    expect(await reads(pair.vendor.member, original.id)).toBe(true)
  })

  test('adding the same twice, also at once, adds it once', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original } = await aRedactedPiece(40)
    const results = await Promise.all([1, 2, 3].map(() => add(notice.id, [[original.id, 'redacted']])))
    expect(results.filter(({ added }) => added)).toHaveLength(1)
    expect(await events(notice.id)).toHaveLength(1)
    expect(await add(notice.id, [[original.id, 'redacted']])).toEqual({ added: false, because: 'nothing' })
  })

  test('no stage and no clock moves', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const standing = () =>
      rowsOf('select stage, outcome, waiting_on, acknowledge_by, decide_by from notice where id = $1', [notice.id])
    const before = await standing()
    const { original } = await aRedactedPiece(50)
    await add(notice.id, [[original.id, 'redacted']])
    expect(await standing()).toEqual(before)
  })

  test('a viewer, the vendor and a stranger add nothing; nobody adds a piece of another organisation', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original } = await aRedactedPiece(60)
    const stranger = await aHolder(db.owner)
    const foreign = memberOf(stranger.person, stranger.organisation)
    const others = [
      await aMember(db.owner, pair.holder.organisation, 'rights_holder', 'viewer'),
      pair.vendor.member,
      foreign,
    ]
    for (const who of others)
      expect(await add(notice.id, [[original.id, 'redacted']], { who })).toMatchObject({ added: false })
    const theirs = await aPiece(foreign, { bytes: aPicture(61) })
    expect(await add(notice.id, [[theirs.id, 'kept']])).toEqual({ added: false, because: 'nothing' })
    expect(await events(notice.id)).toEqual([])
  })
})

describe('who reads originals', () => {
  test('before the notice is sent nobody outside reads what is shared with it', async () => {
    const notice = await aNotice(db.owner, pair)
    const { original, copy } = await aRedactedPiece(70)
    const row = [notice.id, original.id, copy.id, pair.holder.person.id]
    await db.owner.query('insert into evidence_notice values ($1, $2, $3, $4, now())', row)
    const vendor = pair.vendor.member
    expect(await reads(vendor, copy.id)).toBe(false)
    await db.owner.query('update notice set begun_at = now() where id = $1', [notice.id])
    expect([await reads(vendor, copy.id), await reads(vendor, original.id)]).toEqual([true, false])
  })

  test('every role of the holder reads them; no operator, association, other holder or other vendor does, not even by SQL', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original, copy } = await aRedactedPiece(80)
    await add(notice.id, [[original.id, 'redacted']])
    for (const role of ['owner', 'editor', 'approver', 'viewer'] as const) {
      const reader = await aMember(db.owner, pair.holder.organisation, 'rights_holder', role)
      expect(await reads(reader, original.id)).toBe(true)
    }
    const others = []
    for (const kind of ['operator', 'association', 'rights_holder', 'vendor'] as const) {
      const organisation = await anOrganisation(db.owner, kind)
      others.push(await aPerson(db.owner, { organisationId: organisation.id }))
    }
    for (const { id } of others) {
      const seen = await withPerson(id, (tx) => tx.evidence.count({ where: { id: { in: [original.id, copy.id] } } }))
      expect(seen).toBe(0)
    }
    expect(await withNobody((tx) => tx.evidence.count())).toBe(0)
    const byLink = await withLink(linkToken(notice.linkId), (tx) => tx.evidence.findMany({ select: { id: true } }))
    expect(byLink).toEqual({ open: true, value: [{ id: copy.id }] })
    // The worker reads what is shared, for its mails, and no original.
    const worker = await withWorker((tx) => tx.evidence.count({ where: { id: { in: [original.id, copy.id] } } }))
    expect(worker).toBe(1)
  })

  test('a member of both sides sees as the vendor only what the vendor sees', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original, copy } = await aRedactedPiece(81)
    await add(notice.id, [[original.id, 'redacted']])
    const stranger = await aHolder(db.owner)
    const asOther = memberOf(pair.vendor.person, stranger.organisation)
    expect(await findPiecePage(asOther, { id: copy.id, looker: looker(asOther), before: null })).toBeNull()
    const asVendor = pair.vendor.member
    expect(await findPiecePage(asVendor, { id: copy.id, looker: looker(asVendor), before: null })).toMatchObject({
      own: false,
    })
  })
})

describe('the access log', () => {
  test('names who opened and took a piece, for its owner alone', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original, copy } = await aRedactedPiece(90)
    await add(notice.id, [[original.id, 'redacted']])
    const vendor = pair.vendor.member
    await findPiecePage(vendor, { id: copy.id, looker: looker(vendor), before: null })
    await openLinkPiece(linkToken(notice.linkId), { id: copy.id, what: 'downloaded', visit })
    const page = await findPiecePage(member, { id: copy.id, looker: looker(member), before: null })
    const lines = page?.own
      ? page.log.lines.map(({ what, name, organisation, address }) => ({ what, name, organisation, address }))
      : []
    expect(lines).toEqual([
      { what: 'opened', name: member.name, organisation: pair.holder.organisation.name, address: null },
      { what: 'downloaded', name: null, organisation: null, address: pair.vendor.contact.address },
      { what: 'opened', name: pair.vendor.person.name, organisation: pair.vendor.organisation.name, address: null },
    ])
    expect(await withPerson(vendor.personId, (tx) => tx.evidenceAccess.count())).toBe(0)
  })

  test('grows and nothing else, whoever asks', async () => {
    for (const sql of [
      `update evidence_access set what = 'opened'`,
      'delete from evidence_access',
      'truncate evidence_access',
    ])
      await expect(db.owner.query(sql)).rejects.toThrow('never changed or removed')
  })

  test('is not written in the name of somebody else, nor about a piece that one may not read', async () => {
    const { original } = await aRedactedPiece(91)
    const vendor = pair.vendor.member
    const asVendor = withPerson(vendor.personId, (tx) =>
      openPiece(tx, { id: original.id, what: 'opened', looker: looker(vendor) }),
    )
    expect(await asVendor).toBeNull()
    const forged = withPerson(member.personId, (tx) =>
      openPiece(tx, { id: original.id, what: 'opened', looker: looker(vendor) }),
    )
    await expect(forged).rejects.toThrow('row-level security')
  })
})

describe('what went out', () => {
  test('of a piece that went out neither capture nor sharing changes any more', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const { original, copy } = await aRedactedPiece(120)
    const form = captureForm.parse({ prompt: 'before' })
    expect(await describePiece(member, copy.id, form)).toEqual({ saved: true })
    await add(notice.id, [[original.id, 'redacted']])
    for (const { id } of [original, copy])
      expect(await describePiece(member, id, captureForm.parse({ prompt: 'after' }))).toEqual({
        saved: false,
        because: 'went',
      })
    for (const sql of [
      'update evidence_notice set shared_id = evidence_id where notice_id = $1',
      'delete from evidence_notice where notice_id = $1',
    ])
      await expect(db.owner.query(sql, [notice.id])).rejects.toThrow('does not change')
    const [line] = await events(notice.id)
    expect(line?.payload.pieces).toEqual([{ sha256: copy.sha256, capture: expect.stringMatching(/^[0-9a-f]{64}$/u) }])
  })
})
