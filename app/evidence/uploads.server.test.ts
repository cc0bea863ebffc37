import { createHash } from 'node:crypto'
import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aHolder, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { arriving } from '#test/evidence.ts'
import { aPicture } from '#test/pictures.ts'
import { memberOf } from '#test/members.ts'
import { closeDatabase } from '#app/platform/db.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { keepNamed } from '#app/platform/objects.server.ts'
import { addToUpload } from './add-to-upload.server.ts'
import { beginUpload } from './begin-upload.server.ts'
import { findOpenUploads, partName } from './find-uploads.server.ts'
import { abandonUpload, finishUpload } from './finish-upload.server.ts'
import { maxEvidenceBytes } from './media-kinds.ts'
import { maxPartBytes } from './part-size.ts'
import { sweepLooseParts, sweepUploads } from './sweep-uploads.server.ts'

const db = await testDatabase()
const { organisation, person } = await aHolder(db.owner)
const member = memberOf(person, organisation)
const picture = Buffer.concat([aPicture(3, 64), Buffer.alloc(9 * 2 ** 20, 'tail ')])

async function begin(name: string, bytes = picture.length, who = member): Promise<string> {
  const begun = await beginUpload(who, { name, bytes, fingerprint: name })
  if (!begun.begun) throw new Error(begun.because)
  return begun.id
}

const partOf = (from: number, to: number) => arriving(picture.subarray(from, to), 30_000)
const send = (uploadId: string, offset: number, most = maxPartBytes) =>
  addToUpload(member, { uploadId, offset, content: partOf(offset, Math.min(offset + most, picture.length)) })

const begun = (bytes: number) => beginUpload(member, { name: 'a.png', bytes, fingerprint: 'f' })

function parts(): string[] {
  return readdirSync(join(db.dataDir, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes('uploads'))
    .map(({ name }) => name)
}

test('an upload goes on where it was after the tab, the connection and the server are gone', async () => {
  const id = await begin('film.png')
  expect(await send(id, 0)).toEqual({ added: true, received: maxPartBytes })
  // The connection breaks within a part: nothing of it counts.
  async function* breaking(): AsyncGenerator<Uint8Array> {
    yield picture.subarray(maxPartBytes, maxPartBytes + 1000)
    throw new Error('The line is down')
  }
  await expect(addToUpload(member, { uploadId: id, offset: maxPartBytes, content: breaking() })).rejects.toThrow('down')
  // Another process knows nothing but what is in the database and on the disk.
  await closeDatabase()
  const again = await beginUpload(member, { name: 'film.png', bytes: picture.length, fingerprint: 'film.png' })
  expect(again).toEqual({ begun: true, id, received: maxPartBytes })
  expect(await findOpenUploads(member)).toMatchObject([{ id, name: 'film.png', received: maxPartBytes }])
  expect(await finishUpload(member, id)).toEqual({ kept: false, because: 'unfinished' })
  let received = maxPartBytes
  while (received < picture.length) {
    const added = await send(id, received)
    if (!added.added) throw new Error(added.because)
    ;({ received } = added)
  }
  const finished = await finishUpload(member, id)
  expect(finished).toMatchObject({ kept: true, sha256: createHash('sha256').update(picture).digest('hex') })
  expect(await finishUpload(member, id)).toEqual(finished)
  expect(parts()).toEqual([])
  expect(await findOpenUploads(member)).toEqual([])
})

test('two tabs that send the same place: one part counts, the other is told where to go on', async () => {
  const id = await begin('twice.png')
  const results = await Promise.all([send(id, 0, 1000), send(id, 0, 2000), send(id, 0, 3000)])
  expect(results.filter(({ added }) => added)).toHaveLength(1)
  const won = results.find(({ added }) => added)
  for (const lost of results.filter(({ added }) => !added))
    expect(lost).toMatchObject({ because: 'stale', received: won && 'received' in won ? won.received : 0 })
  expect(parts()).toHaveLength(1)
  await abandonUpload(member, id)
  expect(parts()).toEqual([])
})

test('two who finish at once get one piece', async () => {
  const small = aPicture(77, 30)
  const id = await begin('once.png', small.length)
  await addToUpload(member, { uploadId: id, offset: 0, content: arriving(small) })
  const [one, other] = await Promise.all([finishUpload(member, id), finishUpload(member, id)])
  expect(one).toEqual(other)
  expect(one).toMatchObject({ kept: true })
})

test('more than was announced, a part too large and a wrong place are refused', async () => {
  const id = await begin('small.png', 10)
  const add = (offset: number, bytes: number) =>
    addToUpload(member, { uploadId: id, offset, content: arriving(Buffer.alloc(bytes, 1)) })
  expect(await add(0, 11)).toMatchObject({ because: 'too-large' })
  expect(await add(5, 1)).toEqual({ added: false, because: 'stale', received: 0 })
  expect(await add(0, 10)).toEqual({ added: true, received: 10 })
  const large = await begin('large.png', maxPartBytes * 2)
  expect(
    await addToUpload(member, { uploadId: large, offset: 0, content: arriving(Buffer.alloc(maxPartBytes + 1)) }),
  ).toMatchObject({ because: 'too-large' })
})

test('a program that was sent in parts is refused and forgotten', async () => {
  const program = Buffer.from('MZ and more of a program')
  const id = await begin('cat.png', program.length)
  await addToUpload(member, { uploadId: id, offset: 0, content: arriving(program) })
  expect(await finishUpload(member, id)).toEqual({ kept: false, because: 'program' })
  expect(await finishUpload(member, id)).toEqual({ kept: false, because: 'gone' })
})

test('nobody else goes on with an upload, not even a colleague', async () => {
  const id = await begin('mine.png')
  const foreign = await aHolder(db.owner)
  const others = [
    memberOf(foreign.person, foreign.organisation),
    memberOf(await aPerson(db.owner, { organisationId: organisation.id, role: 'editor' }), organisation, {
      role: 'editor',
    }),
  ]
  for (const other of others) {
    expect(await addToUpload(other, { uploadId: id, offset: 0, content: partOf(0, 10) })).toEqual({
      added: false,
      because: 'gone',
    })
    expect(await finishUpload(other, id)).toEqual({ kept: false, because: 'gone' })
  }
})

test('what is too large, empty or too many is refused before a byte is sent', async () => {
  expect(await begun(maxEvidenceBytes + 1)).toEqual({ begun: false, because: 'too-large' })
  expect(await begun(0)).toEqual({ begun: false, because: 'empty' })
  const busy = await aHolder(db.owner)
  const sender = memberOf(busy.person, busy.organisation)
  for (let at = 0; at < 50; at += 1) await begin(`${at}.png`, 10, sender)
  expect(await beginUpload(sender, { name: 'one more.png', bytes: 10, fingerprint: 'f' })).toEqual({
    begun: false,
    because: 'too-many',
  })
})

test('an upload that nobody touched for a week is forgotten with its parts', async () => {
  const id = await begin('forgotten.png')
  await send(id, 0, 500)
  expect(await sweepUploads()).toBe(0)
  setClock(new Date(Date.now() + 8 * 86_400_000))
  try {
    while ((await sweepUploads()) > 0);
  } finally {
    setClock(null)
  }
  expect(parts()).toEqual([])
  expect(await findOpenUploads(member)).toEqual([])
})

test('a part that no upload counts is forgotten after a day, one that is counted stays', async () => {
  const id = await begin('half.png')
  await send(id, 0, 500)
  const [counted = ''] = parts()
  const [another, young, foreign] = [newId(), newId(), newId()]
  const loose = [partName(id, another), partName(newId(), foreign)]
  for (const name of [...loose, partName(id, young)]) await keepNamed(name, arriving(Buffer.from('a part')))
  const longAgo = new Date(Date.now() - 25 * 3_600_000)
  for (const name of [...loose, partName(id, counted)]) utimesSync(join(db.dataDir, 'files', name), longAgo, longAgo)
  expect(await sweepLooseParts()).toBe(2)
  expect(parts().toSorted()).toEqual([counted, young].toSorted())
})
