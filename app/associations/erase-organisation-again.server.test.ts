import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { cancelClosing } from '#app/accounts/cancel-closing.server.ts'
import { findClosing } from '#app/accounts/find-closing.server.ts'
import { runClosings } from '#app/accounts/run-closings.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { keepObject, readObject } from '#app/platform/objects.server.ts'
import { aCatalogue, aVendor, anOrganisation, insert } from '#test/builders.ts'
import { aClosingPortal, said } from '#test/closings.ts'
import { aMandate, fillInvitations } from '#test/mandates.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { eraseOrganisation } from './erase-organisation.server.ts'

const { db, sink, anOwner, ask, later, runJob, rename, standing, settleMails, erase, state } = await aClosingPortal()

test('a vendor is erased: its entry and contacts stay in the directory, and nobody holds them', async () => {
  const vendor = await aVendor(db.owner)
  const holder = await aPair(db.owner)
  const notice = await aSentNotice(db.owner, { ...holder, vendor: { ...vendor, member: holder.vendor.member } })
  await settleMails()
  const organisation = await rename(vendor.organisation)
  const member = await anOwner(organisation, 'vendor')
  const file = await keepObject(Readable.from([Buffer.from(`answers of ${said.name}`)]), 1_000)
  const shared = await keepObject(Readable.from([Buffer.from('the same bytes')]), 1_000)
  for (const { sha256, bytes } of [file, shared])
    await insert(db.owner, 'answer_sheet', {
      id: newId(),
      notice_id: notice.id,
      organisation_id: organisation.id,
      requested_by: member.personId,
      locale: 'en',
      status: 'read',
      encoding: 'utf-8',
      separator: ',',
      file_sha256: sha256,
      file_name: `${said.name}.csv`,
      file_bytes: bytes,
      created_at: now(),
    })
  await insert(db.owner, 'evidence', {
    id: newId(),
    organisation_id: holder.holder.organisation.id,
    sha256: shared.sha256,
    bytes: shared.bytes,
    media_type: 'text/csv',
    name: 'x',
    search_text: 'x',
    made_by: holder.holder.person.id,
    made_at: now(),
  })
  await erase(member)
  const { rows } = await db.owner.query(
    'select v.organisation_id, v.name, (select count(*)::int from vendor_contact c where c.vendor_id = v.id) as contacts from vendor v where v.id = $1',
    [vendor.id],
  )
  expect(rows[0]).toMatchObject({ organisation_id: null, contacts: 1 })
  expect(await state(organisation.id)).toMatchObject({ name: 'Erased organisation', members: 0, erased: true })
  expect((await standing()).unexpected).toEqual([])
  await expect(buffer(readObject(file.sha256)), 'its file is gone').rejects.toThrow('ENOENT')
  expect((await buffer(readObject(shared.sha256))).toString(), 'what another carries stays').toBe('the same bytes')
})

test('an association is erased: its mandates end by their own act, and its members hear it', async () => {
  const organisation = await rename(await anOrganisation(db.owner, 'association'))
  const member = await anOwner(organisation, 'association')
  const { holder, vendor } = await aPair(db.owner)
  const mandate = await aMandate(db.owner, {
    associationId: organisation.id,
    memberId: holder.organisation.id,
    acceptedBy: holder.person.id,
  })
  await fillInvitations(db.owner, { organisation, person: { id: member.personId } })
  await erase(member)
  const { rows } = await db.owner.query('select revoked_by, ended_at from mandate_version where mandate_id = $1', [
    mandate.id,
  ])
  expect(rows[0]).toMatchObject({ revoked_by: member.personId, ended_at: expect.any(Date) })
  const told = sink.mails.filter(({ to }) => to.includes(holder.person.email)).map(({ raw }) => raw.toString())
  expect(
    told.some((raw) => raw.includes(said.name)),
    'while it was under way, the mail said who',
  ).toBe(true)
  expect(await state(organisation.id)).toMatchObject({ name: 'Erased organisation', members: 0, grants: 0 })
  expect((await standing()).unexpected).toEqual([])
  expect(vendor.id).not.toBe(organisation.id)
})

test('of a cancel and the erasure one is first, and the other finds it', async () => {
  for (let round = 0; round < 6; round += 1) {
    const organisation = await anOrganisation(db.owner, 'rights_holder')
    const member = await anOwner(organisation, 'rights_holder')
    await ask(member)
    const closing = await findClosing(member)
    later(31)
    await runClosings()
    const cancel = () => cancelClosing({ personId: member.personId, closingId: closing?.id ?? '' })
    const [cancelled] = await Promise.all([cancel(), runJob()])
    while (await runJob());
    const { erased, members } = await state(organisation.id)
    expect({ erased, members }).toEqual(
      cancelled.allowed ? { erased: false, members: 1 } : { erased: true, members: 0 },
    )
    // Who was too late is told that it has begun, or is no owner of anything any more.
    expect([null, 'begun', 'not-an-owner']).toContain(cancelled.allowed ? null : cancelled.because)
  }
})

test('an erasure that is killed between two pieces goes on where it was', async () => {
  const organisation = await rename(await anOrganisation(db.owner, 'rights_holder'))
  const member = await anOwner(organisation, 'rights_holder')
  await aCatalogue(db.owner, organisation.id, { titles: [said.name] })
  await ask(member)
  const closing = await findClosing(member)
  later(31)
  const id = closing?.id ?? ''
  await db.owner.query('select begin_erasing($1, now() + interval $$2 years$$)', [id])
  await db.owner.query('select end_memberships($1, now())', [id])
  await db.owner.query("select erase_own($1, 'works', 1, now())", [id])
  expect(await cancelClosing({ personId: member.personId, closingId: id })).toEqual({
    allowed: false,
    because: 'not-an-owner',
  })
  await eraseOrganisation(id)
  await eraseOrganisation(id)
  expect(await state(organisation.id)).toMatchObject({ erased: true, catalogues: 0 })
})

test('while something of it still runs, an organisation waits to be erased', async () => {
  const organisation = await anOrganisation(db.owner, 'rights_holder')
  const member = await anOwner(organisation, 'rights_holder')
  const jobId = newId()
  await insert(db.owner, 'job', {
    id: jobId,
    kind: 'import',
    subject_id: newId(),
    organisation_id: organisation.id,
    status: 'running',
    run_at: now(),
    created_at: now(),
  })
  await ask(member)
  later(31)
  await runClosings()
  while (await runJob());
  expect(await state(organisation.id)).toMatchObject({ erased: false, members: 1 })
  await db.owner.query("update job set status = 'done' where id = $1", [jobId])
  expect((await runClosings()).queued).toBe(1)
  while (await runJob());
  expect(await state(organisation.id)).toMatchObject({ erased: true, members: 0 })
})
