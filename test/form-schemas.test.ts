import { parseWithZod } from '@conform-to/zod/v4'
import { array, assert, constant, constantFrom, oneof, property, string, tuple, uuid, type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formsIn } from './form-schemas.ts'

// Every form there is: a new one is found by itself.
const modules = import.meta.glob<Record<string, unknown>>(
  [
    '/app/**/*.ts',
    '!/app/**/*.server.ts',
    '!/app/**/*.test.ts',
    '!/app/generated/**',
    '!/app/*.ts',
    '!/app/routes/**',
    '!/app/commands/**',
    '!/app/notices/letter-pdf-thread*',
  ],
  { eager: true },
)
const forms = formsIn(modules)

const megabyte = 'あ'.repeat(350_000)
const odd: Arbitrary<string> = oneof(
  string({ unit: 'binary' }),
  string({ unit: 'grapheme' }),
  uuid(),
  constantFrom(
    '',
    ' ',
    'on',
    'true',
    '1',
    '-1',
    '1e999',
    '2026-11-17',
    '2026-02-30',
    'null',
    '[]',
    '{"a":1}',
    'me@example.test',
  ),
  constantFrom(
    '\0',
    'a\0b',
    '\uD800',
    'x\uDFFFy',
    '\u202Eevil',
    '<script>',
    "'; drop table person",
    '../../etc/passwd',
    megabyte,
  ),
)

test('there are forms, and each has fields', () => {
  expect(forms.length).toBeGreaterThan(30)
  expect(forms.filter(({ fields }) => fields.length === 0).map(({ name }) => name)).toEqual([])
})

describe.each(forms)('$name', ({ schema, fields, words, parts }) => {
  const value = oneof({ weight: 3, arbitrary: odd }, { weight: 2, arbitrary: constantFrom('x', ...words) })
  const name = oneof(
    { weight: 8, arbitrary: constantFrom(...fields) },
    { weight: 1, arbitrary: constantFrom('__proto__', 'constructor', 'a[0]', 'a.b') },
  )
  const entries = array(tuple(name, value), { maxLength: fields.length * 2 + 2 })

  test('reads whatever is sent, or says at which field it cannot', () => {
    assert(
      property(entries, (sent) => {
        const form = new FormData()
        for (const [field, typed] of sent) form.append(field, typed)
        const read = parseWithZod(form, { schema })
        expect(read.status === 'success' || Object.keys(read.error ?? {}).length > 0).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('reads each field by itself, or says that it cannot', () => {
    const shapes = oneof(
      value,
      constant(null),
      constant([]),
      constant({}),
      constant([['x']]),
      constant(1e308),
      constant(true),
    )
    for (const { schema: part } of parts)
      assert(
        property(shapes, (sent) => {
          const read = part.safeParse(sent)
          expect(read.success || read.error.issues.length > 0).toBe(true)
        }),
        { numRuns: 60, examples: [['a\0b'], ['word \0 word word'], ['\uD800 word word']] },
      )
  })
})
