import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import { closeAuth } from '#app/platform/auth.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { aHolder, anOrganisation, aPerson, aVendor } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { accountDuties, memberOf } from '#test/members.ts'

import { correctionForm, type Correction } from './correction-forms.ts'
import { acceptCorrection, declineCorrection } from './decide-correction.server.ts'
import { findOpenCorrections } from './find-corrections.server.ts'
import { suggestCorrection } from './suggest-correction.server.ts'

const db = await testDatabase()
afterAll(closeAuth)
beforeEach(async () => {
  await db.owner.query('delete from mail_duty')
  await db.owner.query('delete from vendor_correction')
  await db.owner.query('delete from caveat_auth.rate_limit')
})

const holder = await aHolder(db.owner)
const member = memberOf(holder.person, holder.organisation)
const house = await anOrganisation(db.owner, 'operator')
const keeper = memberOf(await aPerson(db.owner, { organisationId: house.id }), house, { kind: 'operator' })
const vendor = await aVendor(db.owner)
const { rows } = await db.owner.query<{ slug: string }>('select slug from vendor where id = $1', [vendor.id])
const slug = rows[0]?.slug ?? ''

const correction: Correction = {
  kind: 'model',
  value: 'Deep 2',
  sourceUrl: 'https://vendor.example/models',
  note: 'New.',
}
const waiting = (personId = keeper.personId) =>
  withPerson(personId, (tx) => findOpenCorrections(tx, { after: null, most: 50 }))
const facts = async () =>
  (
    await db.owner.query(
      `select kind, value, source_url, added_by, retired_at is null as current from vendor_fact where vendor_id = $1 order by id`,
      [vendor.id],
    )
  ).rows

describe('a suggestion', () => {
  test('waits for the operator, once, and nobody else sees it', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => suggestCorrection({ member, slug, correction })))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.allowed && answer.because === 'already-there')).toHaveLength(2)
    expect((await waiting()).corrections).toMatchObject([
      { kind: 'model', value: 'Deep 2', organisation: member.organisation.name },
    ])
    expect((await waiting(vendor.person.id)).corrections).toEqual([])
    expect(await suggestCorrection({ member, slug: 'no-such', correction })).toMatchObject({ because: 'no-vendor' })
  })

  test('accepted, it is a fact with its source, and its author is told', async () => {
    await suggestCorrection({ member, slug, correction })
    const [open] = (await waiting()).corrections
    const asked = { correctionId: open?.id ?? '' }
    expect(await acceptCorrection({ member, ...asked })).toMatchObject({ because: 'not-operator' })
    const answers = await Promise.all([1, 2].map(() => acceptCorrection({ member: keeper, ...asked })))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1)
    expect(await facts()).toContainEqual({
      kind: 'model',
      value: 'Deep 2',
      source_url: correction.sourceUrl,
      added_by: keeper.personId,
      current: true,
    })
    expect(await accountDuties(db.owner)).toMatchObject([
      { kind: 'correction-answered', address: holder.person.email, facts: { accepted: true, value: 'Deep 2' } },
    ])
    expect((await waiting()).corrections).toEqual([])
  })

  test('of a website, it takes the place of the one before, which stays in the history', async () => {
    for (const value of ['https://old.example/', 'https://new.example/']) {
      await suggestCorrection({ member, slug, correction: { ...correction, kind: 'website', value } })
      const [open] = (await waiting()).corrections
      await acceptCorrection({ member: keeper, correctionId: open?.id ?? '' })
    }
    const websites = (await facts()).filter(({ kind }) => kind === 'website')
    expect(websites.map(({ value, current }) => [value, current])).toEqual([
      ['https://old.example/', false],
      ['https://new.example/', true],
    ])
  })

  test('declined, its author reads why, and nothing is written', async () => {
    await suggestCorrection({ member, slug, correction: { ...correction, value: 'Deep 3' } })
    const [open] = (await waiting()).corrections
    const asked = { correctionId: open?.id ?? '', reason: 'The page names another model.' }
    expect(await declineCorrection({ member, ...asked })).toMatchObject({ because: 'not-operator' })
    expect(await declineCorrection({ member: keeper, ...asked })).toEqual({ allowed: true })
    expect(await declineCorrection({ member: keeper, ...asked })).toMatchObject({ because: 'no-correction' })
    expect((await facts()).map(({ value }) => value)).not.toContain('Deep 3')
    expect(await accountDuties(db.owner)).toMatchObject([{ facts: { accepted: false, reason: asked.reason } }])
  })

  test('a person makes twenty an hour', async () => {
    const answers = []
    for (let count = 0; count < 21; count += 1)
      answers.push(await suggestCorrection({ member, slug, correction: { ...correction, value: `Deep ${count}` } }))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(20)
    expect(answers.at(-1)).toMatchObject({ because: 'too-many' })
  })
})

test.each([
  [{ kind: 'country', value: 'jp', sourceUrl: 'https://a.example/' }, true],
  [{ kind: 'country', value: 'Japan', sourceUrl: 'https://a.example/' }, false],
  [{ kind: 'website', value: 'a.example', sourceUrl: 'https://a.example/' }, false],
  [{ kind: 'website', value: 'javascript:alert(1)', sourceUrl: 'https://a.example/' }, false],
  [{ kind: 'model', value: 'Deep', sourceUrl: 'javascript:alert(1)' }, false],
  [{ kind: 'model', value: 'Deep' }, false],
  [{ kind: 'other', value: 'The name is spelled wrong', sourceUrl: 'https://a.example/' }, true],
  [{ kind: 'crawler', value: 'DeepBot', sourceUrl: 'https://a.example/' }, true],
])('%j is a suggestion: %s', (typed, good) => {
  expect(correctionForm.safeParse(typed).success).toBe(good)
})
