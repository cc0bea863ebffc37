import { createSocket } from 'node:dgram'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Answers questions for TXT records out of a file of names and their texts, as a name server does; all else does not exist. */
export async function openNameServer(zone: string): Promise<{ port: number; close: () => void }> {
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => socket.send(answerTo(question, zone), from.port, from.address))
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done))
  return { port: socket.address().port, close: () => socket.close() }
}

/** Puts a text on a name of the stand-in's, beside those of others. */
export function putText(name: string, text: string): void {
  const zone = process.env['CAVEAT_ZONE'] ?? ''
  writeFileSync(zone, JSON.stringify({ ...readZone(zone), [name]: ['v=spf1 -all', text] }))
}

function readZone(zone: string): Record<string, string[]> {
  return existsSync(zone) ? JSON.parse(readFileSync(zone, 'utf8')) : {}
}

/** @see RFC 1035, 4.1 */
function answerTo(question: Buffer, zone: string): Buffer {
  const labels: string[] = []
  let at = 12
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  const isText = question.readUInt16BE(at + 1) === 16
  const texts = isText ? (readZone(zone)[labels.join('.').toLowerCase()] ?? []) : []
  const header = Buffer.alloc(12)
  question.copy(header, 0, 0, 2)
  // An answer with authority: there is no such name, unless a text is there.
  header.writeUInt16BE(texts.length === 0 ? 0x85_83 : 0x85_80, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(texts.length, 6)
  const answers = texts.map((text) => {
    const bytes = Buffer.from(text)
    const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, bytes.length + 1, bytes.length])
    return Buffer.concat([head, bytes])
  })
  return Buffer.concat([header, question.subarray(12, at + 5), ...answers])
}
