import { describe, expect, test } from 'vitest'
import { cancelClosing } from '#app/accounts/cancel-closing.server.ts'
import { readClosingToken } from '#app/accounts/closing-token.server.ts'
import { findClosing, findMailedClosing } from '#app/accounts/find-closing.server.ts'
import { runClosings } from '#app/accounts/run-closings.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { findNotice } from '#app/notices/find-notice.server.ts'
import { readNoticeQuery } from '#app/notices/notice-query.ts'
import { recallFiling } from '#app/notices/recall-filing.server.ts'
import { verifyLedger } from '#app/notices/verify-ledger.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { aCatalogue, aVendor, insert } from '#test/builders.ts'
import { aClosingPortal, said } from '#test/closings.ts'
import { aFiling, aReadyDraft, fileDraft } from '#test/filings.ts'
import { accountDuties, memberOf, tokenIn } from '#test/members.ts'
import { aWorld } from '#test/world.ts'

const { db, sink, anOwner, ask, later, runJob, runMails, rename, standing, settleMails, state } = await aClosingPortal()

/** Writes the organisation's name into everything that is its own alone. */
async function plant(id: string): Promise<void> {
  const set = async (table: string, column: string, where = 'organisation_id = $2', value: string = said.name) => {
    const { rowCount } = await db.owner.query(`update ${table} set ${column} = $1 where ${where}`, [value, id])
    expect(rowCount, `${table}.${column}`).toBeGreaterThan(0)
  }
  const json = JSON.stringify({ of: said.name })
  await set('filing_draft', 'content', undefined, json)
  await set('notice_note', 'text')
  await set('notice_tag', 'tag')
  await set('saved_view', 'name')
  await set('bulk_row', 'reference', 'act_id in (select id from bulk_act where organisation_id = $2)')
  await set('catalogue_import', 'file_name')
  await set('catalogue_version', 'source_name', 'catalogue_id in (select id from catalogue where organisation_id = $2)')
  await set('evidence_upload', 'name')
  await set('vendor_correction', 'note')
  await set('idempotency', 'response', undefined, json)
  await set('job', 'last_error', "organisation_id = $2 and kind <> 'erase-organisation'")
  await set('filing_private', 'returned_note')
  await insert(db.owner, 'evidence', {
    id: newId(),
    organisation_id: id,
    sha256: 'e'.repeat(64),
    bytes: 1,
    media_type: 'image/png',
    name: said.name,
    search_text: said.name,
    made_by: (await db.owner.query('select person_id from membership where organisation_id = $1 limit 1', [id])).rows[0]
      .person_id,
    made_at: now(),
  })
}

describe('a rights holder', () => {
  let member: Member
  let second: Member
  let vendor: Member
  let reference: string
  let memberIds: string[]
  let brokenBefore = 0

  test('is not closed while something waits to be sent, nor by a wrong password or another than an owner', async () => {
    const world = await aWorld(db.owner)
    await settleMails()
    brokenBefore = (await verifyLedger()).broken.length
    const organisation = await rename(world.holder.organisation)
    member = await anOwner(organisation, 'rights_holder')
    second = await anOwner(organisation, 'rights_holder')
    await plant(organisation.id)
    vendor = memberOf(world.vendor.person, world.vendor.organisation, { kind: 'vendor' })
    const catalogue = await aCatalogue(db.owner, organisation.id, { titles: ['A film of Quillfeather Pictures'] })
    const cited = await aCatalogue(db.owner, organisation.id, { titles: ['A served film'] })
    const served = await aFiling(member, { vendorIds: [world.vendor.id], catalogue: cited })
    setClock(new Date(now().getTime() + 3_600_000))
    await runMails()
    const other = await aVendor(db.owner)
    const waiting = await aFiling(member, { vendorIds: [other.id], catalogue })
    const { rows } = await db.owner.query(
      'select n.reference from notice n join filing f on f.id = n.filing_id where f.reference = $1',
      [served],
    )
    reference = rows[0].reference

    expect(await ask(member, 'wrong')).toMatchObject({
      because: 'wrong-password',
    })
    expect(await ask(member)).toEqual({ allowed: false, because: 'unsent' })
    expect(await findClosing(member)).toBeNull()
    await recallFiling({ member, reference: waiting })
    const editor = await anOwner(organisation, 'rights_holder')
    await db.owner.query("update membership set role = 'editor' where person_id = $1", [editor.personId])
    expect(await ask(editor)).toEqual({ allowed: false, because: 'not-an-owner' })
    expect(
      await cancelClosing({ personId: editor.personId, closingId: newId() }),
      'there is nothing to cancel either',
    ).toEqual({ allowed: false, because: 'not-an-owner' })
  })

  test('closes once, whoever asks twice or at once, and files nothing meanwhile', async () => {
    const draft = await aReadyDraft(member, {
      vendorIds: [(await aVendor(db.owner)).id],
      catalogue: await aCatalogue(db.owner, member.organisation.id, {}),
    })
    const asked = await Promise.all([ask(member), ask(second), ask(member)])
    expect(asked).toEqual([{ allowed: true }, { allowed: true }, { allowed: true }])
    const { rows } = await db.owner.query('select count(*)::int from organisation_closing where cancelled_at is null')
    expect(rows).toEqual([{ count: 1 }])
    const mails = (await accountDuties(db.owner)).filter(({ kind }) => kind === 'organisation-closing')
    expect(mails.map(({ address }) => address)).toEqual(expect.arrayContaining([member.email, second.email]))
    expect(new Set(mails.map(({ address }) => address)).size).toBe(mails.length)
    expect(await fileDraft(member, draft)).toEqual({ filed: false, because: 'closing' })
    await expect(
      db.owner.query(
        `insert into filing select (jsonb_populate_record(f, jsonb_build_object('id', $2::uuid, 'reference', 'FIL-X', 'idempotency_key', 'x'))).*
        from filing f where f.filed_by_organisation_id = $1 limit 1`,
        [member.organisation.id, newId()],
      ),
      'nor past the page',
    ).rejects.toThrow('files nothing')
  })

  test('is kept by a mail of which only its owner’s POST does something', async () => {
    const mail = (await accountDuties(db.owner)).find(
      ({ kind, address }) => kind === 'organisation-closing' && address === second.email,
    )
    const token = readClosingToken(tokenIn(mail))
    if (token === null) throw new Error('no token')
    expect(await findMailedClosing(token)).toMatchObject({ state: 'open' })
    expect(readClosingToken(`${tokenIn(mail).slice(0, -2)}xx`)).toBeNull()
    const cancel = () => cancelClosing({ personId: token.person, closingId: token.closing })
    expect(await Promise.all([cancel(), cancel()])).toEqual([{ allowed: true }, { allowed: true }])
    expect(await findMailedClosing(token)).toMatchObject({ state: 'over' })
    expect(await findClosing(member)).toBeNull()
    later(31)
    expect(await runClosings()).toMatchObject({ queued: 0 })
    const { rows } = await db.owner.query("select kind from audit_entry where kind like 'closing-%' order by at, kind")
    expect(rows.map(({ kind }) => kind)).toEqual(['closing-asked', 'closing-cancelled'])
  })

  test('is erased after the days of grace but for what was served, and its owners hear it three times', async () => {
    expect(await ask(member)).toEqual({ allowed: true })
    expect(await runClosings()).toMatchObject({ reminded: 0, queued: 0 })
    later(24)
    expect(await runClosings()).toMatchObject({ reminded: 1, queued: 0 })
    expect(await runClosings()).toMatchObject({ reminded: 0 })
    later(6.1)
    memberIds = (
      await db.owner.query('select person_id as id from membership where organisation_id = $1', [
        member.organisation.id,
      ])
    ).rows.map(({ id }) => id)
    const [first, again] = await Promise.all([runClosings(), runClosings()])
    expect(first.queued + again.queued).toBe(1)
    expect((await standing()).all.length).toBeGreaterThan(15)
    while (await runJob());
    expect((await db.owner.query("select last_error from job where kind = 'erase-organisation'")).rows).toEqual([
      { last_error: null },
    ])
    expect(await state(member.organisation.id)).toMatchObject({
      name: 'Erased organisation',
      name_other: '消去済みの組織',
      telephone: null,
      erased: true,
      members: 0,
      invitations: 0,
      grants: 0,
      drafts: 0,
      pieces: 0,
    })
    await runMails()
    const done = sink.mails.filter(({ to }) => to.includes(member.email)).map(({ raw }) => raw.toString())
    expect(done.filter((raw) => /^Subject: .*(closes|is erased)/m.test(raw))).toHaveLength(4)
    await runClosings()
    const left = await standing()
    expect(left.unexpected).toEqual([])
    expect(left.all).toContain('notice_letter.text')
  })

  test('leaves a ledger that verifies, and a notice that the vendor reads and answers', async () => {
    // The world's own answers stand without lines.
    expect((await verifyLedger()).broken).toHaveLength(brokenBefore)
    expect((await verifyLedger({ reference })).broken).toEqual([])
    const view = await findNotice({
      member: vendor,
      reference,
      query: readNoticeQuery(`https://caveat.example/notices/${reference}`),
    })
    expect(view?.notice.holder).toMatchObject({ name: 'Erased organisation' })
    const { rows } = await db.owner.query('select count(*)::int from person where id = any($1) and erased_at is null', [
      memberIds,
    ])
    expect(rows[0].count, 'people keep their accounts').toBe(memberIds.length)
  })
})
