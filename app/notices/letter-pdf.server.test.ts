import { expect, test } from 'vitest'
import { aHolder } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiler } from '#test/filer.ts'
import { aFiling } from '#test/filings.ts'
import { memberOf } from '#test/members.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { drawLetterPdf } from './draw-letter-pdf.server.ts'
import { drawable } from './drawable.ts'
import { getLetterPdf, paperIn } from './get-letter-pdf.server.ts'
import { annexPages } from './letter-annex.ts'
import type { LetterPdf } from './letter-pdf.tsx'
import { letterText } from './letter.ts'
import { renderLetterPdf } from './render-letter-pdf.server.ts'

const db = await testDatabase()
const { member, vendors, wanted } = await aFiler(db.owner)
const filing = await aFiling(member, wanted)
const { rows } = await db.owner.query<{ id: string; reference: string; text: string; vendor_id: string }>(
  `select n.id, n.reference, n.vendor_id, l.text from notice n join filing f on f.id = n.filing_id
   join notice_letter l on l.notice_id = n.id where f.reference = $1 order by n.id`,
  [filing],
)
const notice = rows[0] ?? { id: '', reference: '', text: '', vendor_id: '' }
const read = (who: { personId: string }, reference = notice.reference) =>
  withPerson(who.personId, (tx) => getLetterPdf(tx, { reference, locale: null }))

async function aPaper(): Promise<LetterPdf> {
  const given = await read(member)
  if (given === null) throw new Error('there is no letter')
  return given
}

test('it says the words that were kept, under their hash', async () => {
  const given = await aPaper()
  expect(letterText(given.letter)).toBe(notice.text)
  expect(given.annex.works.map(({ title }) => title)).toEqual(['A film', 'B film', 'C film'])
  expect(given.annex.more).toBe('')
  expect(given.paper).toBe('A4')
})

test('in the other language it is a translation that says so, of the very facts of the letter that was sent', async () => {
  const translated = (locale: 'en' | 'ja') =>
    withPerson(member.personId, (tx) => getLetterPdf(tx, { reference: notice.reference, locale, translated: true }))
  expect(await translated('en')).toEqual(await aPaper())
  const given = await translated('ja')
  const text = letterText(given?.letter ?? { locale: 'ja', blocks: [] })
  expect(text).toMatch(/^参考用です。.+英語で書かれています。/u)
  expect(text).toContain(`整理番号：${notice.reference}`)
  expect(given?.footer.hash).toMatch(/^送付した通知書ではありません。.+[0-9a-f]{64}$/u)
  expect(given?.annex.works).toHaveLength(3)
  // Exports hold what was sent and nothing else.
  expect(
    await withPerson(member.personId, (tx) => getLetterPdf(tx, { reference: notice.reference, locale: 'ja' })),
  ).toBeNull()
})

test('the vendor draws it once it is sent, nobody else ever', async () => {
  const owner = vendors.find(({ id }) => id === notice.vendor_id)
  const vendor = { personId: owner?.person.id ?? '' }
  const stranger = await aHolder(db.owner)
  expect(await read(vendor)).toBeNull()
  expect(await read(memberOf(stranger.person, stranger.organisation))).toBeNull()
  await db.owner.query('update notice set begun_at = now() where id = $1', [notice.id])
  expect(await read(vendor)).toEqual(await aPaper())
  expect(await read(memberOf(stranger.person, stranger.organisation))).toBeNull()
})

test('a letter that is not the text of its hash is not drawn', async () => {
  const other = rows[1] ?? notice
  await db.owner.query('alter table notice_letter disable trigger notice_letter_stays')
  await db.owner.query(`update notice_letter set sha256 = repeat('0', 64) where notice_id = $1`, [other.id])
  await db.owner.query('alter table notice_letter enable trigger notice_letter_stays')
  await expect(read(member, other.reference)).rejects.toThrow('is not the text that its hash was made of')
  const third = rows[2] ?? notice
  await db.owner.query('alter table notice_letter disable trigger notice_letter_stays')
  await db.owner.query(
    `update notice_letter set facts = jsonb_set(facts, '{paragraph}', '"Another."') where notice_id = $1`,
    [third.id],
  )
  await db.owner.query('alter table notice_letter enable trigger notice_letter_stays')
  await expect(
    withPerson(member.personId, (tx) =>
      getLetterPdf(tx, { reference: third.reference, locale: 'ja', translated: true }),
    ),
  ).rejects.toThrow('was not composed of the facts that are kept with it')
})

test('it is drawn once and kept, with title and language and without script', async () => {
  const given = await aPaper()
  const first = await renderLetterPdf(given)
  const again = await renderLetterPdf(given)
  if (!first.drawn || !again.drawn) throw new Error('it was not drawn')
  // The time of its making is inside: the same bytes are the kept ones.
  expect(Buffer.from(first.bytes).equals(Buffer.from(again.bytes))).toBe(true)
  const pdf = Buffer.from(first.bytes).toString('latin1')
  expect(pdf.startsWith('%PDF-')).toBe(true)
  expect(pdf).toContain('/Lang (en)')
  expect(pdf).not.toMatch(/\/JavaScript|\/JS\b|\/OpenAction|\/AA\b|\/EmbeddedFile/u)
})

const hard = [
  'مرحبا بالعالم',
  'שלום עולם',
  'Emoji 👩‍👩‍👧‍👦 and 🇯🇵',
  '한국어',
  '長い題名'.repeat(197).slice(0, 785),
  'X'.repeat(785),
  '\u0301\u0301',
  '',
]

test('titles of every script and length are drawn', { timeout: 60_000 }, async () => {
  const given = await aPaper()
  const works = hard.map((title, at) => ({ title, externalId: title.slice(0, 200), year: at }))
  const bytes = await drawLetterPdf({ ...given, annex: { ...given.annex, works } })
  expect(bytes.length).toBeGreaterThan(10_000)
})

test('what the font lacks is marked and said, and never silently another letter', async () => {
  const given = await aPaper()
  const works = [{ title: 'ab字', externalId: 'ع', year: null }]
  const drawn = drawable({ ...given, annex: { ...given.annex, works } }, (code) => code < 0x600 || code > 0x3000)
  expect(drawn.annex.works).toEqual([{ title: 'ab字', externalId: '〓', year: null }])
  expect(drawn.footer.note).toContain('〓')
  expect(drawable(given, () => true).footer.note).toBe('')
})

test('an annex loses no work, and no page of it is empty', () => {
  const works = Array.from({ length: 500 }, (_, at) => ({
    title: hard[at % 8] ?? '',
    externalId: `W-${at}`,
    year: null,
  }))
  for (const paper of ['A4', 'LETTER'] as const) {
    const pages = annexPages(works, paper)
    expect(pages.flat()).toEqual(works)
    expect(pages.every((page) => page.length > 0)).toBe(true)
  }
  expect(annexPages([], 'A4')).toEqual([])
})

test('the paper is that of the holder’s country', () => {
  expect(['JP', 'DE', 'US', 'CA'].map(paperIn)).toEqual(['A4', 'A4', 'LETTER', 'LETTER'])
})
