import { expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aFiler } from '#test/filer.ts'
import { aFiling, aReadyDraft } from '#test/filings.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { chooseKept } from './keep-choices.server.ts'
import { previewLetters } from './preview-letters.server.ts'
import { saveDraft } from './save-draft.server.ts'

const db = await testDatabase()
const { member, colleague, wanted } = await aFiler(db.owner)

async function draftOf(who: Member, draftId: string) {
  const preview = await previewLetters({ member: who, draftId })
  if (preview === null) throw new Error(`there is no draft ${draftId}`)
  return preview.draft
}

async function write(who: Member, draftId: string, revision: number, paragraph: string) {
  const { content } = await draftOf(who, draftId)
  return saveDraft({ member: who, draftId, revision, step: 'basis', choices: { ...content, paragraph } })
}

test('of two devices that change a step the second is told who was first, and both versions stay', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const { revision } = await draftOf(member, draftId)
  expect(await write(colleague, draftId, revision, 'Theirs.')).toMatchObject({ saved: true })
  expect(await write(member, draftId, revision, 'Mine.')).toMatchObject({ because: 'changed', by: colleague.name })
  // The device goes on typing: the latest is kept.
  expect(await write(member, draftId, revision, 'Mine, longer.')).toMatchObject({ because: 'changed' })
  const mine = await draftOf(member, draftId)
  expect(mine.content.paragraph).toBe('Theirs.')
  expect(mine.kept).toMatchObject([{ step: 'basis', choices: { paragraph: 'Mine, longer.' } }])
  // What one typed is nobody else's business.
  expect((await draftOf(colleague, draftId)).kept).toEqual([])
})

test('the kept version is put in, and the one that stood there is kept in its place, until one is thrown away', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const { revision } = await draftOf(member, draftId)
  await write(colleague, draftId, revision, 'Theirs.')
  await write(member, draftId, revision, 'Mine.')
  expect(await chooseKept({ member, draftId, step: 'basis', use: true })).toEqual({ done: true, step: 'basis' })
  const swapped = await draftOf(member, draftId)
  expect([swapped.content.paragraph, swapped.kept[0]?.choices.paragraph]).toEqual(['Mine.', 'Theirs.'])
  expect(swapped.content.signature).toBeNull()
  expect(await chooseKept({ member, draftId, step: 'basis', use: false })).toEqual({ done: true, step: 'basis' })
  expect((await draftOf(member, draftId)).kept).toEqual([])
})

test('who saves over the other version knowingly keeps it all the same', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const { revision } = await draftOf(member, draftId)
  await write(colleague, draftId, revision, 'Theirs.')
  await write(member, draftId, revision, 'Mine.')
  const now = await draftOf(member, draftId)
  expect(await write(member, draftId, now.revision, 'Mine, after reading theirs.')).toMatchObject({ saved: true })
  const after = await draftOf(member, draftId)
  expect([after.content.paragraph, after.kept[0]?.choices.paragraph]).toEqual([
    'Mine, after reading theirs.',
    'Theirs.',
  ])
})

test('two devices with the same words do not collide, nor do two that change other steps', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const { revision, content } = await draftOf(member, draftId)
  await write(colleague, draftId, revision, 'The same.')
  expect(await write(member, draftId, revision, 'The same.')).toMatchObject({ saved: true })
  expect(
    await saveDraft({ member, draftId, revision, step: 'vendors', choices: { vendorIds: content.vendorIds.slice(1) } }),
  ).toMatchObject({ saved: true })
  expect((await draftOf(member, draftId)).kept).toEqual([])
})

test('what was filed once stays of its kind, also by a version of before', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const { revision } = await draftOf(member, draftId)
  const turn = (who: Member, kind: 'cease_and_desist' | 'takedown') =>
    saveDraft({ member: who, draftId, revision, step: 'kind', choices: { kind } })
  expect(await turn(colleague, 'takedown')).toMatchObject({ saved: true })
  expect(await turn(member, 'cease_and_desist')).toMatchObject({ because: 'changed' })
  // As if it had been filed since and recalled.
  const { references } = await draftOf(member, draftId)
  const reference = await aFiling(member, wanted)
  await db.owner.query(
    `update filing_draft set "references" = jsonb_set("references", '{filing}', to_jsonb($2::text)) where id = $1`,
    [draftId, reference],
  )
  expect(references.filing).not.toBe(reference)
  expect(await chooseKept({ member, draftId, step: 'kind', use: true })).toEqual({ done: false, step: 'kind' })
  expect((await draftOf(member, draftId)).content.kind).toBe('takedown')
})

test('nobody uses what another one keeps, or keeps anything in a draft of another holder', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const { revision } = await draftOf(member, draftId)
  await write(colleague, draftId, revision, 'Theirs.')
  await write(member, draftId, revision, 'Mine.')
  const stranger = await aFiler(db.owner)
  for (const other of [colleague, stranger.member])
    expect(await chooseKept({ member: other, draftId, step: 'basis', use: true })).toMatchObject({ done: false })
  expect(await chooseKept({ member, draftId, step: 'check', use: true })).toEqual({ done: false, step: null })
  expect((await draftOf(member, draftId)).content.paragraph).toBe('Theirs.')
})
