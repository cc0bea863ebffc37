import { expect, test } from 'vitest'
import { basisDefaults, scopeDefaults } from '#app/notices/filing-defaults.ts'
import { emptyContent } from '#app/notices/filing-draft.ts'
import { basisChoices, basisForm, scopeForm } from '#app/notices/filing-forms.ts'
import { readTyped } from './read-typed.ts'

const draft = emptyContent('en')
const content = {
  ...draft,
  changedAt: { basis: 2 },
  particulars: {
    ...draft.particulars,
    contactEmail: 'rights@studio.test',
    locations: [{ url: 'https://clips.test/1', work: 'Totoro' }],
    signalUrls: ['https://studio.test/robots.txt'],
  },
}

const never = () => Promise.reject(new Error('the draft was asked'))
const kept = () => Promise.resolve(scopeDefaults(content, []))

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries({ revision: '3', locale: 'ja', ...fields })) form.append(name, value)
  return form
}

test.for([
  ['half an address', { contactEmail: 'rights@' }],
  ['half a location', { locations: 'https://clips.test/1 Totoro\nhttps:/' }],
  ['half a place of the signal', { signalUrls: 'studio' }],
  ['half a day', { deadlineOn: '2026-1' }],
  ['two of them', { contactEmail: 'rights@', capturedAt: 'yesterday' }],
] as const)('%s holds up no other word: it stays as the draft has it', async ([, odd]) => {
  const sent = {
    contactEmail: 'rights@studio.test',
    locations: 'https://clips.test/1 Totoro',
    signalUrls: 'https://studio.test/robots.txt',
    ...odd,
    paragraph: 'Typed just now.',
  }
  const read = await readTyped(formOf(sent), basisForm, () => Promise.resolve(basisDefaults(content, '')))
  if (read === null) throw new Error('nothing was read')
  expect(read.whole).toBe(false)
  expect(basisChoices(read.value)).toMatchObject({
    paragraph: 'Typed just now.',
    particulars: content.particulars,
    deadlineOn: null,
    locale: 'ja',
  })
})

test('what can be read whole asks nothing of the draft, and what is no form at all stays none', async () => {
  expect(await readTyped(formOf({ paragraph: 'Typed.' }), basisForm, never)).toMatchObject({ whole: true })
  expect(await readTyped(formOf({ yearFrom: '19x' }), scopeForm, kept)).toMatchObject({ whole: false })
  expect(await readTyped(formOf({ revision: 'x' }), scopeForm, kept)).toBeNull()
})
