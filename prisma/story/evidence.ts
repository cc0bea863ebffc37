import { crc32, deflateSync } from 'node:zlib'
import type { Member } from '#app/accounts/viewer.server.ts'
import { captureForm } from '#app/evidence/capture.ts'
import { describePiece } from '#app/evidence/describe-piece.server.ts'
import { keepEvidence } from '#app/evidence/keep-evidence.server.ts'
import { newId } from '#app/platform/id.ts'

type Shade = (x: number, y: number) => number

/** The evidence of the story: what a model made, as a picture of our own, with one corner blacked out in its copy. */
export async function keepCapture(
  member: Member,
  { capturedOn, model, prompt }: { capturedOn: string; model: string; prompt: string },
): Promise<{ evidenceId: string; sharedId: string }> {
  const evidenceId = await keep(member, { name: 'output-street-portrait.png', bytes: aPicture(street) })
  const form = captureForm.parse({
    prompt,
    product: 'Orrery Studio',
    model,
    version: '4.0',
    capturedOn,
    timeZone: member.timeZone,
    url: 'https://studio.orrery.test/outputs/8f31',
    tool: 'Browser, picture saved as offered',
    capturedBy: member.name,
    outputPassage:
      'A street portrait from the 1950s: a newspaper boy leans against a lamp post, press camera, flash, grain; on the margin of the print the words “No reproduction without the written consent of the archive” can still be read.',
    workPassage:
      'Margin of each print of the collection: “No reproduction without the written consent of the archive.” A newspaper boy leans against a lamp post, New York, 1950s.',
  })
  const described = await describePiece(member, evidenceId, form)
  if (!described.saved) throw new Error(`The story's capture was not saved: ${described.because}`)
  const masked: Shade = (x, y) => (x > 250 && y > 190 ? 16 : street(x, y))
  const sharedId = await keep(member, {
    name: 'output-street-portrait-redacted.png',
    bytes: aPicture(masked),
    redactionOf: evidenceId,
  })
  return { evidenceId, sharedId }
}

/** A note of the story that lies in the locker and went nowhere yet. */
export async function keepNote(member: Member): Promise<void> {
  const text = 'Prompt: the leading character of the film, by costume and name.\nOutput: declined by the service.\n'
  await keep(member, { name: 'output-test.txt', bytes: Buffer.from(text) })
  await keep(member, { name: 'output-still.png', bytes: aPicture((x, y) => 90 + ((x * 3 + y * 5) % 120)) })
}

async function keep(
  member: Member,
  { name, bytes, redactionOf = null }: { name: string; bytes: Buffer; redactionOf?: string | null },
): Promise<string> {
  const kept = await keepEvidence({ member, id: newId(), name, content: once(bytes), redactionOf })
  if (!kept.kept) throw new Error(`The story's file ${name} was not kept: ${kept.because}`)
  return kept.id
}

// A street in bands of grey with a figure: invented, and nobody's work.
const street: Shade = (x, y) => {
  const figure = Math.hypot((x - 130) / 0.55, y - 150) < 90 || Math.hypot(x - 130, y - 62) < 24
  if (figure) return 52 + ((x * 7 + y * 3) % 18)
  if (Math.abs(x - 205) < 5 && y > 30) return 70
  return y > 210 ? 120 + ((x * 5 + y) % 22) : 200 - Math.round(y / 3) + ((x * 3 + y * 7) % 12)
}

const [width, height] = [360, 260]

/** A grey PNG, drawn point by point (RFC 2083). */
function aPicture(shade: Shade): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: width }, (__, x) => shade(x, y))]),
  )
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    mark,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
