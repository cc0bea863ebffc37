import { beforeAll, expect, test } from 'vitest'
import { aCatalogue, aHolder, anOrganisation, aPerson, aVendor, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { discardDraft } from './discard-draft.server.ts'
import { emptyContent, type StepChoices } from './filing-draft.ts'
import { listDrafts } from './list-drafts.server.ts'
import { matchWorks } from './match-works.server.ts'
import { previewLetters } from './preview-letters.server.ts'
import { saveDraft } from './save-draft.server.ts'
import { startDraft } from './start-draft.server.ts'

const db = await testDatabase()
let owner: Member
let editor: Member
let viewer: Member
let stranger: Member
let vendors: Awaited<ReturnType<typeof aVendor>>[]
let catalogue: Awaited<ReturnType<typeof aCatalogue>>

beforeAll(async () => {
  const { organisation, person } = await aHolder(db.owner, { name: 'Hoshizora Animation' })
  owner = memberOf(person, organisation)
  const colleague = await aPerson(db.owner, { organisationId: organisation.id, role: 'editor', name: 'Haruka Mori' })
  editor = memberOf(colleague, organisation, { role: 'editor' })
  const reader = await aPerson(db.owner, { organisationId: organisation.id, role: 'viewer' })
  viewer = memberOf(reader, organisation, { role: 'viewer' })
  const other = await aHolder(db.owner)
  stranger = memberOf(other.person, other.organisation)
  vendors = [await aVendor(db.owner, { name: 'Northlight AI' }), await aVendor(db.owner, { name: 'Kanata Models' })]
  catalogue = await aCatalogue(db.owner, organisation.id, { titles: ['B film', 'A film', 'トトロ'] })
})

async function started(member = owner): Promise<string> {
  const draft = await startDraft({ member })
  if (!draft.allowed) throw new Error(draft.because)
  return draft.draftId
}

const vendorsStep = { vendorIds: [] as string[] } satisfies StepChoices<'vendors'>

function scopeStep(scope: Partial<ReturnType<typeof emptyContent>['scope']>): StepChoices<'scope'> {
  const empty = emptyContent('en')
  return {
    scope: { ...empty.scope, catalogueId: catalogue.id, version: 1, ...scope },
    measures: [{ measure: 'STOP_TRAINING_FUTURE', detail: '' }],
    stance: 'objection',
    priorPermission: true,
  }
}

async function save(
  member: Member,
  draftId: string,
  revision: number,
  given: { step: 'vendors' | 'scope' | 'kind'; choices: StepChoices },
) {
  return saveDraft({ member, draftId, revision, ...given })
}

test('two windows over different steps both save, over the same step the second is told whose words stand', async () => {
  const draftId = await started()
  const first = await save(owner, draftId, 1, { step: 'vendors', choices: { vendorIds: [vendors[0]?.id ?? ''] } })
  expect(first).toMatchObject({ saved: true, revision: 2 })
  expect(await save(editor, draftId, 1, { step: 'scope', choices: scopeStep({ kind: 'all' }) })).toMatchObject({
    saved: true,
    revision: 3,
  })
  const second = await save(editor, draftId, 1, { step: 'vendors', choices: vendorsStep })
  expect(second).toMatchObject({ saved: false, because: 'changed', revision: 3, by: 'Haruka Mori' })
  const kept = await previewLetters({ member: owner, draftId })
  expect(kept?.draft.content.vendorIds).toEqual([vendors[0]?.id])
})

test('two people who save the same step at the same moment: one is told', async () => {
  const draftId = await started()
  const saved = await Promise.all(
    [owner, editor].map((member, index) =>
      save(member, draftId, 1, { step: 'vendors', choices: { vendorIds: [vendors[index]?.id ?? ''] } }),
    ),
  )
  expect(saved.filter((each) => each.saved)).toHaveLength(1)
})

test('who only reads saves nothing, and another organisation sees no draft', async () => {
  const draftId = await started()
  expect(await save(viewer, draftId, 1, { step: 'vendors', choices: vendorsStep })).toEqual({
    saved: false,
    because: 'role-too-low',
  })
  expect(await save(stranger, draftId, 1, { step: 'vendors', choices: vendorsStep })).toEqual({
    saved: false,
    because: 'gone',
  })
  expect(await previewLetters({ member: stranger, draftId })).toBeNull()
  expect(await discardDraft({ member: stranger, draftId })).toEqual({ allowed: false, because: 'gone' })
  expect((await listDrafts(stranger)).map(({ id }) => id)).not.toContain(draftId)
  expect((await listDrafts(viewer)).map(({ id }) => id)).toContain(draftId)
  expect(await startDraft({ member: viewer })).toEqual({ allowed: false, because: 'role-too-low' })
})

test('a letter keeps its reference while vendors come and go', async () => {
  const draftId = await started()
  const [one, two] = vendors.map(({ id }) => id)
  await save(owner, draftId, 1, { step: 'vendors', choices: { vendorIds: [one ?? ''] } })
  const before = await previewLetters({ member: owner, draftId })
  await save(owner, draftId, 2, { step: 'vendors', choices: { vendorIds: [two ?? ''] } })
  await save(owner, draftId, 3, { step: 'vendors', choices: { vendorIds: [two ?? '', one ?? ''] } })
  const after = await previewLetters({ member: owner, draftId })
  const reference = before?.draft.references.notices[one ?? '']
  expect(reference).toMatch(/^CAV-/u)
  expect(after?.draft.references.notices[one ?? '']).toBe(reference)
  expect(after?.letters.map(({ text }) => text.includes(reference ?? ''))).toEqual([false, true])
})

test.for([
  ['all of a catalogue', { kind: 'all' }, 3, ['A film', 'B film', 'トトロ']],
  ['a filter by title, whatever the kana', { kind: 'filtered', filter: { text: 'ととろ' } }, 0, []],
  ['a filter by title in any case', { kind: 'filtered', filter: { text: 'FILM' } }, 2, ['A film', 'B film']],
  ['nothing of the years before', { kind: 'filtered', filter: { yearTo: 1900 } }, 0, []],
] as const)('the scope %s counts', async ([, scope, count, titles]) => {
  const draftId = await started()
  await save(owner, draftId, 1, { step: 'scope', choices: scopeStep(scope) })
  const preview = await previewLetters({ member: owner, draftId })
  expect(preview?.facts.works?.count).toBe(count)
  expect(preview?.facts.works?.examples.map(({ title }) => title)).toEqual(titles)
  expect(preview?.facts.works?.unfindable).toBe(count)
})

test('chosen works and works taken out are counted one by one', async () => {
  const [first = '', second = ''] = catalogue.workIds
  const draftId = await started()
  await save(owner, draftId, 1, {
    step: 'scope',
    choices: scopeStep({ kind: 'chosen', workIds: [first, second, newId()] }),
  })
  expect((await previewLetters({ member: owner, draftId }))?.facts.works?.count).toBe(2)
  await save(owner, draftId, 2, { step: 'scope', choices: scopeStep({ kind: 'filtered', except: [first] }) })
  expect((await previewLetters({ member: owner, draftId }))?.facts.works?.count).toBe(2)
})

test('the catalogue of another organisation is none', async () => {
  const elsewhere = await aCatalogue(db.owner, stranger.organisation.id)
  const draftId = await started()
  await save(owner, draftId, 1, { step: 'scope', choices: scopeStep({ kind: 'all', catalogueId: elsewhere.id }) })
  const preview = await previewLetters({ member: owner, draftId })
  expect(preview?.facts.works).toBeNull()
  expect(preview?.completeness.missing).toContain('works')
})

test('pasted lines find works by the own id and by any identifier, and the rest is handed back', async () => {
  await insert(db.owner, 'work_identifier', {
    catalogue_id: catalogue.id,
    work_id: catalogue.workIds[2],
    scheme: 'isbn',
    value: '9780306406157',
    raw: '0-306-40615-2',
    valid_from: 1,
  })
  const pasted = 'W-1\r\n\n 0-306-40615-2 \nW-99\nW-1'
  const matched = await withPerson(owner.personId, (tx) =>
    matchWorks(tx, { catalogueId: catalogue.id, version: 1, pasted }),
  )
  expect(new Set(matched.workIds)).toEqual(new Set([catalogue.workIds[0], catalogue.workIds[2]]))
  expect(matched.unmatched).toEqual(['W-99'])
})

test('a vendor whose contact is not verified has none, and the page can say why', async () => {
  const organisation = await anOrganisation(db.owner, 'vendor')
  const silent = await aVendor(db.owner, { name: 'Silent Models', organisation_id: organisation.id })
  await db.owner.query('update vendor_contact set verified_at = null where vendor_id = $1', [silent.id])
  const draftId = await started()
  await save(owner, draftId, 1, { step: 'vendors', choices: { vendorIds: [silent.id, vendors[0]?.id ?? ''] } })
  const preview = await previewLetters({ member: owner, draftId })
  expect(preview?.facts.vendors.map(({ contact, fault }) => [contact === null, fault !== null])).toEqual([
    [true, true],
    [false, false],
  ])
})

test('a draft is thrown away', async () => {
  const draftId = await started()
  expect(await discardDraft({ member: editor, draftId })).toEqual({ allowed: true })
  expect(await previewLetters({ member: owner, draftId })).toBeNull()
})
