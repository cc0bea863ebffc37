import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { linkToken, withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiler, readerOf } from '#test/filer.ts'
import { aFiling, aReadyDraft, fileDraft } from '#test/filings.ts'
import { memberOf } from '#test/members.ts'
import { takedownContent } from '#test/takedowns.ts'
import { emptyContent } from './filing-draft.ts'
import { findLinkPage } from './find-link-notice.server.ts'
import { findNotice } from './find-notice.server.ts'
import { locationLines } from './notice-csv.server.ts'
import { previewLetters } from './preview-letters.server.ts'
import { recallFiling } from './recall-filing.server.ts'
import { saveDraft } from './save-draft.server.ts'

const db = await testDatabase()
const { rowsOf, noticesOf } = readerOf(db.owner)
const filer = await aFiler(db.owner)
const { member, catalogue } = filer
const [vendor] = filer.vendors
if (!vendor) throw new Error('a filer has vendors')

const named = [
  { url: 'https://outputs.example/1', work: 'A film' },
  { url: 'https://outputs.example/2', work: '' },
  { url: 'https://outputs.example/3', work: 'C film' },
]
const wanted = { vendorIds: [vendor.id], catalogue }
const takedown = { ...wanted, content: takedownContent(['EU_DSA_16', 'JP_CA_112'], named) }

type Kept = { position: number; url: string; work_id: string | null; work_title: string | null }

async function locationsOf(reference: string): Promise<Kept[]> {
  return rowsOf<Kept>(
    `select p.* from notice_location p join notice n on n.id = p.notice_id join filing f on f.id = n.filing_id
     where f.reference = $1 order by p.position`,
    [reference],
  )
}

test('a takedown keeps its locations in their order, each with the work that was named, in letter, record and ledger', async () => {
  const reference = await aFiling(member, takedown)
  expect(await locationsOf(reference)).toMatchObject([
    { position: 1, url: 'https://outputs.example/1', work_id: catalogue.workIds[0], work_title: 'A film' },
    { position: 2, url: 'https://outputs.example/2', work_id: null, work_title: null },
    { position: 3, url: 'https://outputs.example/3', work_id: catalogue.workIds[2], work_title: 'C film' },
  ])
  const [kept] = await rowsOf<{ text: string; payload: { locations: unknown; bases: unknown } }>(
    `select l.text, e.payload from notice n join filing f on f.id = n.filing_id join notice_letter l on l.notice_id = n.id
     join notice_event e on e.notice_id = n.id and e.sequence = 1 where f.reference = $1`,
    [reference],
  )
  expect(kept?.text).toContain('- https://outputs.example/1, which concerns “A film”\n- https://outputs.example/2\n')
  expect(kept?.text).toContain('E-mail: rights@hoshizora.example')
  expect(kept?.payload.locations).toEqual({ count: 3, sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) })
  expect(kept?.payload.bases).toEqual([
    { basis: 'EU_DSA_16', version: 2 },
    { basis: 'JP_CA_112', version: 2 },
  ])
})

test('a location that names no work of the filing, or two, blocks; so does one without any address', async () => {
  const judged = async (locations: typeof named) => {
    const draftId = await aReadyDraft(member, {
      ...wanted,
      content: takedownContent(['EU_DSA_16', 'JP_CA_112'], locations),
    })
    return fileDraft(member, draftId)
  }
  const stray = { url: 'https://outputs.example/4', work: 'D film' }
  expect(await judged([...named, stray])).toMatchObject({ because: 'incomplete', missing: ['location_works'] })
  expect(await judged([])).toMatchObject({ because: 'incomplete', missing: ['material_locations', 'evidence'] })
})

test('once sent, its locations are read by both sides and by the link, and stay as they are', async () => {
  const reference = await aFiling(member, takedown)
  const [notice] = await noticesOf(reference)
  if (!notice) throw new Error('nothing was filed')
  const vendorMember = memberOf(vendor.person, vendor.organisation, { kind: 'vendor' })
  const page = (who: typeof member) =>
    findNotice({
      member: who,
      reference: notice.reference,
      query: { view: undefined, cursor: null, earlier: undefined },
    })
  expect(await page(vendorMember)).toBeNull()

  await db.owner.query('update notice set begun_at = now() where id = $1', [notice.id])
  const linkId = newId()
  await insert(db.owner, 'notice_link', {
    id: linkId,
    notice_id: notice.id,
    contact_id: notice.contact_id,
    address: 'legal@vendor.example',
    locale: 'en',
    created_at: new Date(),
  })
  for (const who of [member, vendorMember]) {
    const seen = await page(who)
    expect(seen?.notice.locationsCount).toBe(3)
    expect(seen?.notice.locations[0]).toEqual({ url: 'https://outputs.example/1', work: 'A film' })
    expect(seen?.notice.bases).toEqual(['EU_DSA_16', 'JP_CA_112'])
  }
  const visit = { method: 'GET', what: 'page', networkAddress: '192.0.2.1', userAgent: null } as const
  const linked = await findLinkPage(linkToken(linkId), visit)
  expect(linked.open && linked.value.notice.locations.map(({ url }) => url)).toEqual(named.map(({ url }) => url))

  let csv = ''
  for await (const line of locationLines((fn) => withPerson(vendor.person.id, fn), notice)) csv += line
  const [head, first, second] = parse(csv.replace(/^\uFEFF/u, ''))
  expect(head).toEqual(['position', 'url', 'external_id', 'title'])
  expect(first).toEqual(['1', 'https://outputs.example/1', expect.stringMatching(/.+/u), 'A film'])
  expect(second).toEqual(['2', 'https://outputs.example/2', '', ''])

  await expect(db.owner.query(`update notice_location set url = 'https://x.example/'`)).rejects.toThrow('do not change')
  await expect(db.owner.query('delete from notice_location where notice_id = $1', [notice.id])).rejects.toThrow(
    'do not change',
  )
  const late = { noticeId: notice.id, position: 4, url: 'https://outputs.example/4' }
  await expect(withPerson(member.personId, (tx) => tx.noticeLocation.createMany({ data: [late] }))).rejects.toThrow(
    /row-level security/u,
  )
})

test('recalled and filed again, it points to what the draft says then', async () => {
  const draftId = await aReadyDraft(member, takedown)
  const filed = await fileDraft(member, draftId)
  if (!filed.filed) throw new Error(filed.because)
  expect(await recallFiling({ member, reference: filed.reference })).toMatchObject({ recalled: true })
  const preview = await previewLetters({ member, draftId })
  const { content, revision } = preview?.draft ?? { content: emptyContent('en'), revision: 0 }
  const saved = await saveDraft({
    member,
    draftId,
    revision,
    step: 'basis',
    choices: { ...content, particulars: { ...content.particulars, locations: named.slice(0, 1) } },
    signing: { name: member.name, capacity: 'Counsel', statements: content.signature?.statements ?? [] },
  })
  expect(saved).toMatchObject({ saved: true })
  const again = await fileDraft(member, draftId)
  expect(again).toMatchObject({ filed: true, reference: filed.reference })
  expect((await locationsOf(filed.reference)).map(({ url }) => url)).toEqual(['https://outputs.example/1'])
})

test('an exclusion request carries no location, whatever was typed for another kind', async () => {
  const content = { ...takedown.content, kind: 'exclusion', bases: ['EXCLUSION_REQUEST'] } as const
  const measures = [{ measure: 'STOP_TRAINING_FUTURE' as const, detail: '' }]
  const reference = await aFiling(member, { ...wanted, content: { ...content, bases: [...content.bases], measures } })
  expect(await locationsOf(reference)).toEqual([])
})

test('section 512(c) is refused for training; the way that is offered keeps all that was typed', async () => {
  const draftId = await aReadyDraft(member, {
    ...wanted,
    content: { ...takedownContent(['CEASE_DESIST'], named), measures: [{ measure: 'REMOVE_OUTPUT_URLS', detail: '' }] },
  })
  const read = async () => {
    const preview = await previewLetters({ member, draftId })
    if (!preview) throw new Error('the draft is gone')
    return preview.draft
  }
  const before = await read()
  const training = {
    ...before.content,
    measures: [...before.content.measures, { measure: 'STOP_TRAINING_FUTURE' as const, detail: '' }],
  }
  const scoped = await saveDraft({ member, draftId, revision: before.revision, step: 'scope', choices: training })
  if (!scoped.saved) throw new Error(scoped.because)
  const choices = { ...training, bases: ['US_DMCA_512C' as const], paragraph: 'Words of my own.' }
  const basis = { member, draftId, revision: scoped.revision, step: 'basis', choices } as const
  expect(await saveDraft(basis)).toEqual({ saved: false, because: 'training-under-hosting' })
  expect((await read()).content.bases).toEqual(['CEASE_DESIST'])

  const turned = await saveDraft({ ...basis, ceaseDesistInstead: true })
  expect(turned).toMatchObject({ saved: true })
  const { content } = await read()
  expect(content).toMatchObject({ kind: 'takedown', bases: ['CEASE_DESIST'], paragraph: 'Words of my own.' })
  expect(content.particulars).toEqual(training.particulars)
  expect(content.measures).toEqual(training.measures)
})

test('from an exclusion request the same way leads to a cease and desist letter', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const preview = await previewLetters({ member, draftId })
  const { content, revision } = preview?.draft ?? { content: emptyContent('en'), revision: 0 }
  const choices = { ...content, bases: ['EU_CDSM_4_3' as const, 'US_DMCA_512C' as const] }
  const basis = { member, draftId, revision, step: 'basis', choices } as const
  expect(await saveDraft(basis)).toEqual({ saved: false, because: 'training-under-hosting' })
  expect(await saveDraft({ ...basis, ceaseDesistInstead: true })).toMatchObject({
    saved: true,
    content: { kind: 'cease_and_desist', bases: ['CEASE_DESIST', 'EU_CDSM_4_3'], measures: content.measures },
  })
})
