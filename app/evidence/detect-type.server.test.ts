import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { assert, asyncProperty, property, string, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { detectType, headBytes } from './detect-type.server.ts'
import { attachmentHeader, endingOf, isMisnamed, keptName, savedName } from './file-name.ts'
import { mayBeShown, sentTypeOf, type MediaType } from './media-kinds.ts'

const bytes = (...parts: (string | Uint8Array | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))
const box = (brand: string) => bytes([0, 0, 0, 24], 'ftyp', brand, [0, 0, 0, 0], brand, 'mif1')
const sjis = bytes([0x83, 0x65, 0x83, 0x58, 0x83, 0x67, 0x0d, 0x0a])
const png = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', Buffer.alloc(21), 'IDAT')

test.for<[string, Buffer, MediaType]>([
  ['a PNG', png, 'image/png'],
  ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', [0]), 'image/jpeg'],
  ['a GIF', bytes('GIF89a', Buffer.alloc(20)), 'image/gif'],
  ['a WebP', bytes('RIFF', [4, 0, 0, 0], 'WEBPVP8 '), 'image/webp'],
  ['an AVIF', box('avif'), 'image/avif'],
  ['a HEIC', box('heic'), 'image/heic'],
  ['a PDF', bytes('%PDF-1.7\n', [0xe2, 0xe3]), 'application/pdf'],
  ['an MP4', box('isom'), 'video/mp4'],
  ['an MP3', bytes('ID3', [3, 0, 0, 0, 0, 0, 0], [0xff, 0xfb, 0x90, 0]), 'audio/mpeg'],
  ['text', Buffer.from('Prompt: a cat in the style of …'), 'text/plain'],
  ['Japanese text in Shift_JIS', sjis, 'text/plain'],
  ['text in UTF-16', bytes([0xff, 0xfe], Buffer.from('出力', 'utf16le')), 'text/plain'],
  ['HTML, as text', Buffer.from('\n<!DOCTYPE html><script>alert(1)</script>'), 'text/html'],
  ['SVG, as text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'text/plain'],
  ['XML, as text', Buffer.from('<?xml version="1.0"?><a/>'), 'text/plain'],
  [
    'a mail',
    Buffer.from('From: a@b.test\r\nDate: Tue, 3 Nov 2026 10:00:00 +0900\r\nSubject: x\r\n\r\nHello'),
    'message/rfc822',
  ],
  ['a letter that begins like one', Buffer.from('From: me\nto you\n\nHello'), 'text/plain'],
  ['a ZIP', bytes('PK\x03\x04', Buffer.alloc(40)), 'application/zip'],
  ['a gzip', gzipSync('x'), 'application/gzip'],
  ['a 7z', bytes('7z', [0xbc, 0xaf, 0x27, 0x1c]), 'application/x-7z-compressed'],
])('%s is told by its bytes', async ([, head, type]) => {
  expect(await detectType(head)).toEqual({ kept: true, type })
})

test.for<[string, Buffer, string]>([
  ['a Windows program', bytes('MZ', Buffer.alloc(60)), 'program'],
  ['a Linux program', bytes('\x7FELF', Buffer.alloc(60)), 'program'],
  ['a Mach-O program', bytes([0xcf, 0xfa, 0xed, 0xfe], Buffer.alloc(60)), 'program'],
  ['a Java class', bytes([0xca, 0xfe, 0xba, 0xbe], Buffer.alloc(60)), 'program'],
  ['a script', Buffer.from('#!/bin/sh\nrm -rf /'), 'program'],
  ['a script behind a mark', Buffer.from('\uFEFF#!/bin/sh\n'), 'program'],
  ['WebAssembly', bytes('\0asm', [1, 0, 0, 0]), 'program'],
  ['a database', bytes('SQLite format 3\0', Buffer.alloc(60)), 'kind'],
  ['a font', bytes('wOFF', [0, 1, 0, 0], Buffer.alloc(60)), 'kind'],
  ['noise', Buffer.from([0, 1, 2, 3, 255, 254, 0, 0, 9]), 'kind'],
  ['nothing', Buffer.alloc(0), 'empty'],
])('%s is refused', async ([, head, because]) => {
  expect(await detectType(head)).toEqual({ kept: false, because })
})

test('the programs that run this very test are refused', async () => {
  const node = readFileSync(process.execPath).subarray(0, headBytes)
  expect(await detectType(node)).toEqual({ kept: false, because: 'program' })
  const font = join(
    import.meta.dirname,
    '../../node_modules/@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  )
  expect(await detectType(readFileSync(font).subarray(0, headBytes))).toEqual({ kept: false, because: 'kind' })
})

test('what is packed is never unpacked: a bomb of a gigabyte is told at once', async () => {
  // A deflated [Content_Types].xml that some detectors would inflate to look inside.
  const bomb = deflateRawSync(Buffer.alloc(60 * 2 ** 20))
  const name = '[Content_Types].xml'
  const header = Buffer.alloc(30)
  header.write('PK\x03\x04', 'latin1')
  header.writeUInt16LE(8, 8)
  header.writeUInt32LE(bomb.length, 18)
  header.writeUInt32LE(60 * 2 ** 20, 22)
  header.writeUInt16LE(name.length, 26)
  const heads = [Buffer.concat([header, Buffer.from(name), bomb]), gzipSync(Buffer.alloc(60 * 2 ** 20))].map((head) =>
    Buffer.from(head.subarray(0, headBytes)),
  )
  const before = process.memoryUsage.rss()
  for (const head of heads) expect(await detectType(head)).toMatchObject({ kept: true })
  // Unpacked, each would be 60 MiB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 2 ** 20)
})

test('any bytes are told or refused, never a fault', async () => {
  await assert(
    asyncProperty(uint8Array({ maxLength: 300 }), async (noise) => {
      expect(await detectType(noise)).toHaveProperty('kept')
    }),
  )
})

test.for([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\cat.png', 'cat.png'],
  ['cat\0.png', 'cat.png'],
  ['cat\u202Egnp.exe', 'catgnp.exe'],
  ['..', 'file'],
  ['', 'file'],
  ['\u200B', 'file'],
  ['.htaccess', 'htaccess'],
  ['nul.txt', '_nul.txt'],
  ['出力 画面.png', '出力 画面.png'],
  ['a"b<c>.png', 'abc.png'],
  ['line\r\nSet-Cookie: x', 'lineSet-Cookie x'],
])('the name %j is kept as %j', ([given = '', kept]) => {
  expect(keptName(given)).toBe(kept)
})

test('every name becomes one that no header, path or reader can be deceived by', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = keptName(given)
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}/\\]|^\.|^$/u)
      expect(Array.from(name).length).toBeLessThanOrEqual(151)
      expect(keptName(name)).toBe(name)
      expect(attachmentHeader(name)).toMatch(
        /^attachment; filename="[\x20-\x7E]*"; filename\*=UTF-8''[\w!#$&+\-.^`|~%]*$/u,
      )
    }),
  )
})

test('a name that says something else than the bytes is told, and saved under a harmless one', () => {
  expect(isMisnamed('cat.png', 'image/jpeg')).toBe(true)
  expect(isMisnamed('cat.JPEG', 'image/jpeg')).toBe(false)
  expect(isMisnamed('cat', 'image/jpeg')).toBe(false)
  expect(savedName('invoice.exe', 'text/plain')).toBe('invoice.exe.txt')
  expect(savedName('page.html', 'text/html')).toBe('page.html.txt')
  expect(savedName('cat.jpg', 'image/jpeg')).toBe('cat.jpg')
  expect(endingOf('a.tar.GZ')).toBe('gz')
})

test('markup is never shown, and is sent as text', () => {
  expect(mayBeShown('text/html')).toBe(false)
  expect(mayBeShown('text/plain')).toBe(false)
  expect(sentTypeOf('text/html')).toBe('text/plain; charset=utf-8')
  expect(mayBeShown('image/png')).toBe(true)
})
