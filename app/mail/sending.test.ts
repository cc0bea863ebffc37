import { expect, test } from 'vitest'
import { isOutage, resultOf, type Reached, type Sending } from './sending.ts'

const cases: [Reached, number | null, ReturnType<typeof resultOf>, string][] = [
  ['answer', 250, 'accepted', 'the server took it'],
  ['connection', null, 'deferred', 'no connection'],
  ['connection', 421, 'deferred', 'too busy to greet'],
  ['connection', 554, 'deferred', 'greets with a refusal: about the host, not the mail'],
  ['connection', 535, 'deferred', 'our password is wrong'],
  ['envelope', 450, 'deferred', 'greylisted'],
  ['envelope', 451, 'deferred', 'local error'],
  ['envelope', 452, 'deferred', 'no room'],
  ['envelope', 550, 'refused', 'no such user'],
  ['envelope', 552, 'refused', 'mailbox full for good'],
  ['envelope', 553, 'refused', 'name not allowed'],
  ['envelope', 530, 'deferred', 'we have to sign in first'],
  ['envelope', 503, 'deferred', 'bad sequence: a fault of the talk'],
  ['envelope', null, 'deferred', 'closed between commands'],
  ['data', null, 'deferred', 'closed within the text'],
  ['dot', 451, 'deferred', 'refused for now after the text'],
  ['dot', 554, 'refused', 'refused after the text'],
  ['dot', null, 'ambiguous', 'closed after the final dot without an answer'],
]

test.for(cases)('%s and %s is %s: %s', ([reached, code, expected]) => {
  expect(resultOf({ reached, code, response: '' })).toBe(expected)
})

test('nothing but an answer to the final dot is ever accepted, nothing but silence there is ambiguous', () => {
  for (const reached of ['connection', 'envelope', 'data', 'dot'] as const) {
    for (const code of [null, ...Array.from({ length: 200 }, (_, at) => 400 + at)]) {
      const sending: Sending = { reached, code, response: '' }
      expect(resultOf(sending)).not.toBe('accepted')
      expect(resultOf(sending) === 'ambiguous').toBe(reached === 'dot' && code === null)
      expect(isOutage(sending)).toBe(reached === 'connection' && code === null)
    }
  }
})
