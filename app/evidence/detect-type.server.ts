import { fileTypeFromBuffer } from 'file-type'
import { keptTypeOf, type MediaType } from './media-kinds.ts'

/** How many bytes of a file its type is told from. */
export const headBytes = 64 * 1024

/** What a file is, or why it is not kept: a program, or a kind that is no evidence here. */
export type Detected =
  | { readonly kept: true; readonly type: MediaType }
  | { readonly kept: false; readonly because: 'empty' | 'program' | 'kind' }

/**
 * Tells a file by its first bytes. Its name and the type that a browser claims are not asked, and nothing that is packed
 * is opened: an archive is told by its mark alone.
 */
export async function detectType(head: Uint8Array): Promise<Detected> {
  if (head.length === 0) return { kept: false, because: 'empty' }
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length)
  if (programs.some((mark) => startsWith(bytes, mark))) return { kept: false, because: 'program' }
  const archive = archives.find(({ mark, at }) => startsWith(bytes, mark, at))
  if (archive !== undefined) return { kept: true, type: archive.type }
  const text = textOf(bytes)
  if (text !== null) return typeOfText(text)
  const found = await fileTypeFromBuffer(bytes)
  const type = found === undefined ? null : keptTypeOf(found.mime)
  return type === null ? { kept: false, because: 'kind' } : { kept: true, type }
}

function startsWith(bytes: Buffer, mark: readonly number[], at = 0): boolean {
  return mark.every((byte, index) => bytes[at + index] === byte)
}

const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')]

// Windows and DOS, ELF, Mach-O (four byte orders and universal, which Java classes share), Dalvik, WebAssembly, scripts.
const programs: readonly (readonly number[])[] = [
  ascii('MZ'),
  ascii('\x7FELF'),
  [0xfe, 0xed, 0xfa, 0xce],
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
  ascii('dex\n'),
  ascii('\0asm'),
  ascii('#!'),
  // Windows shortcuts run what they point to.
  [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00],
  ascii('!<arch>'),
]

// Told here and not by a library, which would open some of them to look inside.
const archives: readonly { readonly mark: readonly number[]; readonly at?: number; readonly type: MediaType }[] = [
  { mark: ascii('PK\x03\x04'), type: 'application/zip' },
  { mark: ascii('PK\x05\x06'), type: 'application/zip' },
  { mark: ascii('PK\x07\x08'), type: 'application/zip' },
  { mark: [0x1f, 0x8b], type: 'application/gzip' },
  { mark: ascii('BZh'), type: 'application/x-bzip2' },
  { mark: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], type: 'application/x-xz' },
  { mark: [0x28, 0xb5, 0x2f, 0xfd], type: 'application/zstd' },
  { mark: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], type: 'application/x-7z-compressed' },
  { mark: ascii('Rar!\x1a\x07'), type: 'application/x-rar-compressed' },
  { mark: ascii('ustar'), at: 257, type: 'application/x-tar' },
]

// No text has other controls than tabs, line breaks, form feeds and the escapes of terminals.
const control = /(?![\t\n\v\f\r])\p{Cc}/u
const escape = '\u001B'
const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'shift_jis', 'euc-jp'] as const

/** The head as text in one of the encodings that web pages and Japanese files have; null if it is none. */
function textOf(bytes: Buffer): string | null {
  if (startsWith(bytes, ascii('%PDF-'))) return null
  for (const encoding of encodings) {
    // Without its mark, UTF-16 would take almost anything for text.
    if (encoding === 'utf-16le' && !startsWith(bytes, [0xff, 0xfe])) continue
    if (encoding === 'utf-16be' && !startsWith(bytes, [0xfe, 0xff])) continue
    const text = decode(bytes, encoding)
    if (text !== null && !control.test(text.replaceAll(escape, ''))) return text
  }
  return null
}

function decode(bytes: Buffer, encoding: (typeof encodings)[number]): string | null {
  try {
    // The head may end inside a character: as a stream, an unfinished one is no fault.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return null
  }
}

const mailHeader =
  /^(?:from|to|date|received|return-path|message-id|subject|mime-version|delivered-to|dkim-signature|x-[\w-]+)\s*:/iu

function typeOfText(text: string): Detected {
  const start = text.replace(/^\uFEFF/u, '').trimStart()
  if (start.startsWith('#!')) return { kept: false, because: 'program' }
  if (/^<!doctype\s+html|^<html[\s>]|^<head[\s>]|^<body[\s>]/iu.test(start)) return { kept: true, type: 'text/html' }
  return { kept: true, type: isMail(start) ? 'message/rfc822' : 'text/plain' }
}

// Three fields of a mail's head before its first empty line, and among them who sent it or when.
function isMail(text: string): boolean {
  const [head = ''] = text.split(/\r?\n\r?\n/u)
  const fields = head.split(/\r?\n(?![ \t])/u)
  const known = fields.filter((field) => mailHeader.test(field))
  return (
    known.length >= 3 &&
    fields.every((field) => /^[\x21-\x39\x3B-\x7E]+:/u.test(field)) &&
    /^(?:from|date|received):/imu.test(head)
  )
}
