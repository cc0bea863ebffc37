import { describe, expect, test } from 'vitest'
import { withLocale } from '#app/platform/locale.server.ts'
import type { RecordLine } from './find-record.server.ts'
import { stepNames } from './lifecycle.ts'
import { channelWord, freeText, sentenceOf, type Told } from './line-sentence.ts'

const view: Told = {
  side: 'holder',
  names: { vendor: 'Northlight AI', holder: 'Hoshizora' },
  notice: { works: 176 },
}

function line(given: Partial<RecordLine>): RecordLine {
  return {
    sequence: 3,
    type: 'notice.acknowledged',
    actor: 'vendor',
    channel: 'link',
    at: '2026-11-12T17:41:00.000Z',
    payload: {},
    person: { name: 'Dana Whitfield', address: 'dana@northlight.test' },
    erased: false,
    ...given,
  }
}

const plain = (text: string) => text.replaceAll(/[\uE000-\uE003]/g, '')
const say = (given: Partial<RecordLine>, side: 'holder' | 'vendor' = 'holder') =>
  plain(sentenceOf(line(given), { ...view, side }))

describe('a line says who did what', () => {
  test.each<[Partial<RecordLine>, string]>([
    [{}, 'Dana Whitfield, Northlight AI, acknowledged the notice.'],
    [{ person: null }, 'Northlight AI acknowledged the notice.'],
    [
      { type: 'reference.given', person: { name: 'Dana', reference: 'NL-2291' } },
      'Dana, Northlight AI, recorded a reference of their own. Their reference is NL-2291.',
    ],
    [
      { type: 'notice.submitted', actor: 'holder', person: { name: 'Haruka Mori' } },
      'Haruka Mori submitted the notice about 176 works.',
    ],
    [
      {
        type: 'message.accepted',
        actor: 'system',
        person: { address: 'rights@northlight.test' },
        payload: { clocks: [] },
      },
      'The mail server of Northlight AI accepted the letter for rights@northlight.test. Both clocks started.',
    ],
    [{ type: 'message.bounced', actor: 'system', person: null }, 'The mail to Northlight AI could not be delivered.'],
    [
      { type: 'message.readdressed', person: { name: 'Dana', address: 'dana@x.test', to: 'legal@x.test' } },
      'Dana, Northlight AI, had the notice sent to legal@x.test.',
    ],
    [
      {
        type: 'outcomes.recorded',
        payload: {
          answers: [
            { measure: 'STOP_TRAINING_FUTURE', outcome: 'accepted_excluded', cells: 1200 },
            { measure: 'REMOVE_FROM_DATASETS', outcome: 'accepted_excluded', cells: 100 },
            { measure: 'REMOVE_FROM_DATASETS', outcome: 'refused', cells: 1 },
          ],
        },
      },
      'Dana Whitfield, Northlight AI, recorded 1,301 answers: Excluded 1,300, Refused 1.',
    ],
    [
      { type: 'works.withdrawn', actor: 'holder', person: { name: 'Haruka Mori' }, payload: { works: 1, left: 175 } },
      'Haruka Mori withdrew 1 work.',
    ],
  ])('%o', (given, sentence) => expect(say(given)).toBe(sentence))

  test('one’s own people by name alone, in Japanese with the honorific for the others', () => {
    expect(say({}, 'vendor')).toBe('Dana Whitfield acknowledged the notice.')
    expect(withLocale('ja', () => say({}))).toBe('Northlight AIのDana Whitfield氏が受領を確認しました。')
    const given = { type: 'reference.given', person: { name: 'Dana', reference: 'NL-1' } } as const
    expect(withLocale('ja', () => say(given))).toBe(
      'Northlight AIのDana氏が整理番号を記録しました。先方の整理番号はNL-1です。',
    )
  })

  test.each(stepNames)('%s has a sentence in both languages', (type) => {
    for (const locale of ['en', 'ja'] as const) {
      const sentence = withLocale(locale, () => say({ type }))
      expect(sentence).not.toMatch(/undefined|\{|notices_/)
      expect(sentence).toMatch(/[.。]$/)
    }
  })
})

test('what somebody wrote stands beside the sentence, marked names cannot forge a mark', () => {
  expect(freeText(line({ person: { text: 'Licensed since May.' } }))).toBe('Licensed since May.')
  expect(freeText(line({ type: 'message.bounced', person: { response: '550 no such user' } }))).toBe('550 no such user')
  expect(freeText(line({}))).toBeNull()
  expect(sentenceOf(line({ person: { name: '\uE001x\uE000' } }), view)).toContain('\uE000x\uE001')
})

test('a record of a mail came by SMTP', () => {
  expect(channelWord(line({}))).toBe('mail link')
  expect(channelWord(line({ type: 'message.accepted', channel: 'system' }))).toBe('SMTP')
  expect(channelWord(line({ type: 'decision.lapsed', channel: 'system' }))).toBe('automatic')
})
