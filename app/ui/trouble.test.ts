import { expect, test } from 'vitest'
import { troubleOf } from './trouble.ts'

function response(status: number, data: unknown = null) {
  return { status, statusText: '', internal: false, data }
}

test('a page that is not there says so, and quotes no number', () => {
  expect(troubleOf(response(404))).toMatchObject({ title: 'There is no such page', ours: false })
})

test('a route says better who can help', () => {
  const say = 'Only an approver can send this. Ask Kenji Ono.'
  expect(troubleOf(response(403, { say })).text).toBe(say)
})

test.each([new Error('password=hunter2'), response(500, { say: 'secret' }), response(418), 'text', undefined])(
  'what is our fault is told without its details: %o',
  (error) => {
    const trouble = troubleOf(error)
    expect(trouble.ours).toBe(true)
    expect(trouble.text).not.toMatch(/hunter2|secret/)
  },
)
