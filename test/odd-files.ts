import {
  array,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
  string,
  tuple,
  uint8Array,
  type Arbitrary,
} from 'fast-check'

const megabyte = 2 ** 20
const tokens = [
  ',',
  ',',
  ',',
  '\t',
  ';',
  '|',
  '"',
  '""',
  '"',
  '\n',
  '\r\n',
  '\r',
  '\n',
  ' ',
  '\0',
  'title',
  'id',
  'isbn',
  'url',
  'kind',
  'email',
  'name',
  'measure',
  '978-4-04-102622-9',
  'https://example.test/1',
  '2026-02-30',
  '=1+1',
  '𝄞',
  '👨‍👩‍👧‍👦',
  'が',
  'ｶﾞ',
  '星空',
  '\u202Eevil',
  '\u2028',
  '\uFEFF',
  'é',
  'x'.repeat(199),
  '"'.repeat(50),
] as const

/** Texts of cells, separators and quotes in any order. */
const oddText: Arbitrary<string> = array(
  oneof({ weight: 8, arbitrary: constantFrom(...tokens) }, { weight: 1, arbitrary: string({ unit: 'binary' }) }),
  {
    maxLength: 60,
  },
).map((parts) => parts.join(''))

const marks = {
  none: [],
  utf8: [0xef, 0xbb, 0xbf],
  le: [0xff, 0xfe],
  be: [0xfe, 0xff],
} as const

/** Bytes that nobody wrote as a table: any bytes, halves of pairs, two encodings in one file, a wrong mark at the beginning. */
export const oddBytes: Arbitrary<Buffer> = oneof(
  uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  tuple(
    constantFrom(...Object.values(marks)),
    oddText,
    constantFrom('utf8', 'utf16le', 'latin1'),
    oddText,
    uint8Array({ maxLength: 20 }),
  ).map(([mark, first, encoding, second, rest]) =>
    Buffer.concat([Buffer.from(mark), Buffer.from(first), Buffer.from(second, encoding), Buffer.from(rest)]),
  ),
  // Half of a pair, as UTF-16 and as the UTF-8 that would be wrong.
  oddText.map((text) => Buffer.concat([Buffer.from(`title,id\n${text}`), Buffer.from([0xed, 0xa0, 0x80, 0x0a])])),
  oddText.map((text) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`title\tid\n${text}\uD800x`, 'utf16le')]),
  ),
)

/** A real file that arrived in part, or with some bytes changed. */
export function broken(whole: Buffer): Arbitrary<Buffer> {
  const cut = nat({ max: whole.length }).map((at) => whole.subarray(0, at))
  const changes = array(record({ at: nat({ max: whole.length - 1 }), byte: integer({ min: 0, max: 255 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  const changed = changes.map((each) => {
    const bytes = Buffer.from(whole)
    for (const { at, byte } of each) bytes[at] = byte
    return bytes
  })
  return oneof(cut, changed, constant(Buffer.concat([whole, whole])))
}

/** Files that are large in one way, by what is odd about them. */
export const hugeFiles: Readonly<Record<string, () => Buffer>> = {
  'a cell of a megabyte': () => Buffer.from(`id,title\n1,${'星'.repeat(megabyte / 3)}\n2,Film\n`),
  'a quoted cell of a megabyte': () => Buffer.from(`id,title\n1,"${'a"",\n'.repeat(megabyte / 5)}"\n2,Film\n`),
  'a heading of a megabyte': () => Buffer.from(`id,${'t'.repeat(megabyte)}\n1,Film\n`),
  'fifty thousand columns': () => Buffer.from(`id,title${',x'.repeat(50_000)}\n1,Film${','.repeat(50_000)}\n`),
  'a row of a million cells': () => Buffer.from(`id,title\n1,Film${',x'.repeat(1_000_000)}\n`),
  'a quote that is never closed': () => Buffer.from(`id,title\n1,"${'Film\n'.repeat(20_000)}`),
  'a quote in every cell that is never closed': () => Buffer.from(`id,title\n${'"1,Film\n'.repeat(5_000)}`),
  'a megabyte of NUL': () => Buffer.alloc(megabyte),
  'text with NUL between': () => Buffer.from('id,title\n1,Fi\0lm\n\0,\0\n'),
  'a megabyte of ends of lines': () => Buffer.alloc(megabyte, '\r'),
  'a megabyte of separators': () => Buffer.alloc(megabyte, ','),
  'signs of two halves where cells are cut': () =>
    Buffer.from(
      `id,title,email,name\n${[199, 299, 499, 500, 999, 1999].map((at) => `${'x'.repeat(at)}𝄞,${'y'.repeat(at)}𝄞,${'z'.repeat(at)}𝄞@a.test,${'n'.repeat(at)}𝄞`).join('\n')}\n`,
    ),
}
