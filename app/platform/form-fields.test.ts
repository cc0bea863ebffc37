import { expect, test } from 'vitest'
import { hasTooManyFields } from './form-fields.ts'

const typed = 'application/x-www-form-urlencoded'
const withFiles = 'multipart/form-data; boundary=x-1'
const part = '--x-1\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n'

test.each([
  ['nothing', typed, '', false],
  ['ten thousand fields', typed, 'a=b&'.repeat(9_999), false],
  ['more', typed, 'a=b&'.repeat(10_000), true],
  ['fields of nothing', typed, '&'.repeat(2_000_000), true],
  ['a long text', typed, `a=${'b'.repeat(2_000_000)}`, false],
  ['a form with files', withFiles, `${part.repeat(9_000)}--x-1--`, false],
  ['a form with files of signs that part others', withFiles, `${part}${'&'.repeat(20_000)}--x-1--`, false],
  ['more parts than a page sends', withFiles, `${part.repeat(11_000)}--x-1--`, true],
  ['more, with a boundary in quotes', 'multipart/form-data; boundary="x-1"', part.repeat(11_000), true],
])('%s', (_what, type, body, tooMany) => {
  expect(hasTooManyFields(Buffer.from(body), type)).toBe(tooMany)
})
