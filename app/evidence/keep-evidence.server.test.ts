import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { aCatalogue, aHolder, aPerson, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aPiece, arriving } from '#test/evidence.ts'
import { aPicture } from '#test/pictures.ts'
import { memberOf } from '#test/members.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { captureForm } from './capture.ts'
import { captureMark, describePiece } from './describe-piece.server.ts'
import { findPiece, findPieces, findPiecesById } from './find-pieces.server.ts'
import { keepEvidence } from './keep-evidence.server.ts'
import { maxEvidenceBytes, maxLockerBytes } from './media-kinds.ts'

const db = await testDatabase()
const { organisation, person } = await aHolder(db.owner)
const member = memberOf(person, organisation)
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const form = (given: object) => captureForm.parse(given)
const everything = { search: '', before: null, after: null }

function objects(): string[] {
  return readdirSync(join(db.dataDir, 'files'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /[0-9a-f]{64}$/u.test(name),
  )
}

test('a file is kept under the hash of its bytes; the same bytes twice are one object and two pieces', async () => {
  const bytes = aPicture(7, 40)
  const one = await aPiece(member, { bytes, name: '../出力.png' })
  const before = objects()
  const other = await aPiece(member, { bytes, name: 'again.png' })
  expect(one.sha256).toBe(hashOf(bytes))
  expect(other.id).not.toBe(one.id)
  expect(objects()).toEqual(before)
  const piece = await withPerson(member.personId, (tx) => findPiece(tx, one.id))
  expect(piece).toMatchObject({ name: '出力.png', type: 'image/png', bytes: bytes.length, madeBy: person.name })
})

test('the same form sent twice keeps one piece; an id that stands for other bytes is not taken over', async () => {
  const id = newId()
  const send = (bytes: Buffer) => keepEvidence({ member, id, name: 'a.png', content: arriving(bytes) })
  expect(await send(aPicture(1))).toMatchObject({ kept: true, id })
  expect(await send(aPicture(1))).toMatchObject({ kept: true, id })
  expect(await send(aPicture(2))).toEqual({ kept: false, because: 'id-taken' })
  const foreign = await aHolder(db.owner)
  const stranger = memberOf(foreign.person, foreign.organisation)
  expect(await keepEvidence({ member: stranger, id, name: 'a.png', content: arriving(aPicture(1)) })).toEqual({
    kept: false,
    because: 'id-taken',
  })
})

test.for([
  ['program', Buffer.from('MZ\x90\0 a program')],
  ['kind', Buffer.from('SQLite format 3\0 a database')],
  ['empty', Buffer.alloc(0)],
] as const)('%s: nothing of it is kept', async ([because, bytes]) => {
  const before = objects()
  expect(await keepEvidence({ member, id: newId(), name: 'cat.png', content: arriving(bytes) })).toEqual({
    kept: false,
    because,
  })
  expect(objects()).toEqual(before)
})

async function* tooMuch(): AsyncGenerator<Uint8Array> {
  yield aPicture()
  const chunk = Buffer.alloc(2 ** 20)
  for (let sent = 0; sent <= maxEvidenceBytes; sent += chunk.length) yield chunk
}

test('one byte more than the limit is refused, and nothing of it is kept', async () => {
  const before = objects()
  expect(await keepEvidence({ member, id: newId(), name: 'a.png', content: tooMuch() })).toEqual({
    kept: false,
    because: 'too-large',
  })
  expect(objects()).toEqual(before)
})

test('a full locker takes nothing more, also not of two who send at once', async () => {
  const full = await aHolder(db.owner)
  const keeper = memberOf(full.person, full.organisation)
  const bytes = aPicture(9)
  await insert(db.owner, 'evidence', {
    id: newId(),
    organisation_id: full.organisation.id,
    sha256: 'b'.repeat(64),
    bytes: maxLockerBytes - bytes.length,
    media_type: 'image/png',
    name: 'x.png',
    search_text: 'x',
    made_by: full.person.id,
    made_at: new Date(),
  })
  const send = () => keepEvidence({ member: keeper, id: newId(), name: 'a.png', content: arriving(bytes) })
  const results = await Promise.all([send(), send(), send()])
  expect(results.filter(({ kept }) => kept)).toHaveLength(1)
  expect(results.filter(({ kept }) => !kept)).toEqual([
    { kept: false, because: 'no-room' },
    { kept: false, because: 'no-room' },
  ])
})

test('a bomb of packed nothing is kept as the few bytes it is', async () => {
  const bomb = gzipSync(gzipSync(Buffer.alloc(200 * 2 ** 20)))
  const { id } = await aPiece(member, { bytes: bomb, name: 'bomb.gz' })
  const piece = await withPerson(member.personId, (tx) => findPiece(tx, id))
  expect(piece).toMatchObject({ type: 'application/gzip', bytes: bomb.length })
})

test('a viewer and an approver keep nothing', async () => {
  for (const role of ['viewer', 'approver'] as const) {
    const reader = memberOf(await aPerson(db.owner, { organisationId: organisation.id, role }), organisation, { role })
    const sent = { member: reader, id: newId(), name: 'a.png', content: arriving(aPicture()) }
    expect(await keepEvidence(sent)).toEqual({ kept: false, because: 'role' })
    // Also where the page believes too much, the database does not.
    const believed = {
      ...sent,
      member: { ...reader, organisation: { ...reader.organisation, role: 'owner' as const } },
    }
    await expect(keepEvidence({ ...believed, content: arriving(aPicture()) })).rejects.toThrow('row-level security')
  }
})

test('the locker lists originals, newest first, page by page, and finds them by name, hash and copy', async () => {
  const own = await aHolder(db.owner)
  const keeper = memberOf(own.person, own.organisation)
  const kept = []
  for (let at = 0; at < 53; at += 1) kept.push(await aPiece(keeper, { name: `capture ${at}.png`, bytes: aPicture(at) }))
  const copy = await aPiece(keeper, { name: 'ブラックバー.png', bytes: aPicture(200), redactionOf: kept[3]?.id ?? '' })
  const first = await findPieces(keeper, everything)
  expect(first.pieces.map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_, at) => `capture ${52 - at}.png`))
  const second = await findPieces(keeper, { ...everything, before: first.next })
  expect(second.pieces.map(({ name, redactions }) => [name, redactions])).toEqual([
    ['capture 2.png', 0],
    ['capture 1.png', 0],
    ['capture 0.png', 0],
  ])
  const back = await findPieces(keeper, { ...everything, after: second.previous })
  expect(back.pieces.map(({ id }) => id)).toEqual(first.pieces.map(({ id }) => id))
  expect(back.previous).toBeNull()
  const found = async (search: string) =>
    (await findPieces(keeper, { ...everything, search })).pieces.map(({ id }) => id)
  expect(await found('ＣＡＰＴＵＲＥ 52')).toEqual([kept[52]?.id])
  expect(await found(kept[7]?.sha256 ?? '')).toEqual([kept[7]?.id])
  expect(await found(copy.sha256.slice(0, 12))).toEqual([kept[3]?.id])
  expect(await found('ぶらっくばー')).toEqual([kept[3]?.id])
  expect(await found('100%')).toEqual([])
  const stranger = memberOf(person, organisation)
  expect((await findPieces(stranger, { ...everything, search: kept[7]?.sha256 ?? '' })).pieces).toEqual([])
})

test('a redacted copy begins with the capture and works of its original; there is none of a copy or of another’s piece', async () => {
  const catalogue = await aCatalogue(db.owner, organisation.id, { titles: ['千と千尋の神隠し', 'A film'] })
  const original = await aPiece(member, { bytes: aPicture(50) })
  const said = form({
    prompt: 'a girl and a dragon',
    works: 'W-2\n千と千尋の神隠し\n',
    product: 'Painter',
  })
  expect(await describePiece(member, original.id, said)).toEqual({ saved: true })
  const copy = await aPiece(member, { bytes: aPicture(51), redactionOf: original.id })
  const [found] = await withPerson(member.personId, (tx) => findPiecesById(tx, organisation.id, [original.id]))
  expect(found?.copies.map(({ id, capture }) => ({ id, capture }))).toEqual([
    { id: copy.id, capture: { prompt: 'a girl and a dragon', product: 'Painter' } },
  ])
  expect(found?.copies[0]?.works.map(({ title }) => title)).toEqual(['A film', '千と千尋の神隠し'])
  expect(catalogue.workIds).toHaveLength(2)
  const foreign = await aHolder(db.owner)
  const stranger = memberOf(foreign.person, foreign.organisation)
  const again = (of: string, who = member) =>
    keepEvidence({ member: who, id: newId(), name: 'a.png', content: arriving(aPicture(52)), redactionOf: of })
  expect(await again(copy.id)).toEqual({ kept: false, because: 'no-original' })
  expect(await again(original.id, stranger)).toEqual({ kept: false, because: 'no-original' })
})

test('a capture is refused that lies in the future, names unknown works, or is another’s', async () => {
  const { id } = await aPiece(member, { bytes: aPicture(60) })
  const future = form({ capturedOn: '2999-01-01T10:00', timeZone: 'Asia/Tokyo' })
  expect(await describePiece(member, id, future)).toEqual({ saved: false, because: 'future' })
  expect(await describePiece(member, id, form({ works: 'No such film\nW-1' }))).toEqual({
    saved: false,
    because: 'unknown-works',
    lines: ['No such film'],
  })
  const foreign = await aHolder(db.owner)
  const stranger = memberOf(foreign.person, foreign.organisation)
  expect(await describePiece(stranger, id, form({ prompt: 'x' }))).toEqual({ saved: false, because: 'gone' })
})

test('of two people who describe a piece at once the second is told, and overwrites only what was read', async () => {
  const { id } = await aPiece(member, { bytes: aPicture(62) })
  const read = () => withPerson(member.personId, (tx) => findPiece(tx, id))
  const marked = async () => captureMark((await read()) ?? { capture: null, works: [] })
  const shown = await marked()
  const both = await Promise.all(['theirs', 'ours'].map((prompt) => describePiece(member, id, form({ prompt }), shown)))
  expect(both.filter(({ saved }) => saved)).toHaveLength(1)
  expect(both).toContainEqual({ saved: false, because: 'changed' })
  expect(await describePiece(member, id, form({ prompt: 'both' }), await marked())).toEqual({ saved: true })
  expect((await read())?.capture).toEqual({ prompt: 'both' })
})

test('no row of a piece is changed or removed, whatever the grants say', async () => {
  const { id } = await aPiece(member, { bytes: aPicture(61) })
  for (const sql of [
    `update evidence set sha256 = repeat('c', 64) where id = $1`,
    `update evidence set redaction_of = id where id = $1`,
    'delete from evidence where id = $1',
  ])
    await expect(db.owner.query(sql, [id])).rejects.toThrow(/stays what it was|is kept/u)
})
