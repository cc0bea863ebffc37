/** What a file is by its first bytes, whatever its name says. Only `text` and `xlsx` are imported. */
export type FileType = 'text' | 'empty' | 'xlsx' | 'xls' | 'ods' | 'zip' | 'pdf' | 'image' | 'xml' | 'json' | 'binary'

const signatures: readonly (readonly [readonly number[], FileType])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'zip'],
  [[0x50, 0x4b, 0x05, 0x06], 'zip'],
  [[0x1f, 0x8b], 'zip'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'zip'],
  [[0x52, 0x61, 0x72, 0x21], 'zip'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'xls'],
  [[0x25, 0x50, 0x44, 0x46], 'pdf'],
  [[0x89, 0x50, 0x4e, 0x47], 'image'],
  [[0xff, 0xd8, 0xff], 'image'],
  [[0x47, 0x49, 0x46, 0x38], 'image'],
  [[0x49, 0x49, 0x2a, 0x00], 'image'],
  [[0x4d, 0x4d, 0x00, 0x2a], 'image'],
  [[0x52, 0x49, 0x46, 0x46], 'image'],
]

/** How many bytes `fileTypeOf` looks at. */
export const typeBytes = 4096

/** The type of a file from its first `typeBytes` bytes. */
export function fileTypeOf(head: Uint8Array): FileType {
  if (head.length === 0) return 'empty'
  const known = signatures.find(([bytes]) => bytes.every((byte, index) => head[index] === byte))?.[1]
  const latin = Array.from(head, (byte) => String.fromCharCode(byte)).join('')
  // A workbook is a ZIP whose entries lie in `xl/`.
  if (known === 'zip' && latin.includes('application/vnd.oasis.opendocument')) return 'ods'
  if (known === 'zip') return latin.includes('xl/') || latin.includes('[Content_Types].xml') ? 'xlsx' : 'zip'
  if (known !== undefined) return known
  if (isUtf16(head)) return 'text'
  if (head.includes(0)) return 'binary'
  const start = latin.replace(/^ï»¿/u, '').trimStart()
  if (/^<(?:\?xml|[a-zA-Z!])/u.test(start)) return 'xml'
  if (/^(?:\[\s*\{|\{\s*")/u.test(start)) return 'json'
  return 'text'
}

/** Whether text is UTF-16, by its mark or because every other byte of Latin letters is zero. */
export function isUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  // Separators and line ends are Latin even in a Japanese file, so some zeros are there, and on one side only.
  const few = head.length / 40
  if (odd > few && even * 20 < odd) return 'utf-16le'
  return even > few && odd * 20 < even ? 'utf-16be' : undefined
}
