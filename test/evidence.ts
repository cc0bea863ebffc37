import { deflateSync, crc32 } from 'node:zlib'
import type { Member } from '#app/accounts/viewer.server.ts'
import { keepEvidence } from '#app/evidence/keep-evidence.server.ts'
import { newId } from '#app/platform/id.ts'

/** The bytes of a file in chunks, as a connection brings them. */
export async function* arriving(bytes: Uint8Array, size = 50_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** A PNG of one colour, of our own making. */
export function aPicture(grey = 128, side = 8): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.writeUInt8(8, 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side, grey)])
  const rows = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)))
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([mark, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A kept picture: its id and hash. */
export async function aPiece(
  member: Member,
  {
    name = 'output.png',
    bytes = aPicture(),
    redactionOf = null,
  }: { name?: string; bytes?: Buffer; redactionOf?: string | null } = {},
): Promise<{ id: string; sha256: string }> {
  const kept = await keepEvidence({ member, id: newId(), name, content: arriving(bytes), redactionOf })
  if (!kept.kept) throw new Error(kept.because)
  return kept
}
