import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { fromBufferPromise, type Entry } from 'yauzl'
import { zipStream, type ZipPart } from './zip-stream.server.ts'

async function* parts(count: number): AsyncGenerator<ZipPart> {
  for (let number = 0; number < count; number += 1)
    yield { name: `${number}.txt`, text: [number % 2 === 0 ? `text ${number}` : Buffer.from([0, 255, number % 256])] }
}

test('more files than an archive used to hold are all there, with their bytes', async () => {
  const count = 65_600
  const zip = await buffer(zipStream(parts(count)))
  const opened = await fromBufferPromise(zip)
  expect(opened.entryCount).toBe(count)
  const entries: Entry[] = []
  for await (const entry of opened.eachEntry()) entries.push(entry)
  expect(entries).toHaveLength(count)
  for (const number of [0, 1, 65_536, 65_599]) {
    const entry = entries[number]
    if (entry === undefined) throw new Error('missing')
    const bytes = await buffer(await opened.openReadStreamPromise(entry))
    const expected = number % 2 === 0 ? Buffer.from(`text ${number}`) : Buffer.from([0, 255, number % 256])
    expect([entry.fileName, bytes.equals(expected)]).toEqual([`${number}.txt`, true])
  }
}, 60_000)
