import { expect, test } from 'vitest'
import { aPicture } from '#test/pictures.ts'
import { readAnswerForm } from './answer-files.server.ts'
import { mostAnswerFiles } from './questions.ts'

type Sent = { name: string; bytes: Uint8Array<ArrayBuffer> }

function form(files: readonly Sent[], fields: Record<string, string[]> = {}): Request {
  const body = new FormData()
  for (const [name, values] of Object.entries(fields)) for (const value of values) body.append(name, value)
  for (const { name, bytes } of files) body.append('file', new File([bytes], name))
  return new Request('http://127.0.0.1/', { method: 'POST', body })
}

const picture = (grey: number, name = `${grey}.png`): Sent => ({ name, bytes: Uint8Array.from(aPicture(grey)) })
const program = { name: 'tool.png', bytes: new TextEncoder().encode('MZ not a picture') }

test('files are told by their bytes; a refused one keeps none of the others back', async () => {
  const read = await readAnswerForm(form([picture(1), program, picture(2)], { text: ['作品の一覧です'] }), 'q1')
  expect(read.fields.get('text')).toBe('作品の一覧です')
  expect(read.files.map(({ name, mediaType }) => ({ name, mediaType }))).toEqual([
    { name: '1.png', mediaType: 'image/png' },
    { name: '2.png', mediaType: 'image/png' },
  ])
  expect(read.faults).toEqual(['tool.png: a program. Programs are not taken.'])
})

test('a name that hides or turns what it says is kept without that', async () => {
  const read = await readAnswerForm(form([picture(1, 'C:\\papers\\list\u202Egnp.exe\u0007.png')]), 'q1')
  expect(read.files.map(({ name }) => name)).toEqual(['listgnp.exe.png'])
})

test('what has arrived is carried to the next try, and to no other question', async () => {
  const first = await readAnswerForm(form([picture(3)]), 'q1')
  const kept = first.carried.map(({ token }) => token)
  const again = await readAnswerForm(form([picture(4)], { kept }), 'q1')
  expect(again.files.map(({ name }) => name)).toEqual(['3.png', '4.png'])
  expect(again.files[0]).toEqual(first.files[0])
  const foreign = await readAnswerForm(form([], { kept: [...kept, 'made up', kept[0]?.slice(1) ?? ''] }), 'q2')
  expect(foreign.files).toEqual([])
})

test('too large a file is passed over, and what follows it is read', async () => {
  const large = { name: 'film.txt', bytes: new Uint8Array(25_000_001).fill(0x61) }
  const read = await readAnswerForm(form([large, picture(5)], { intent: ['answer'] }), 'q1')
  expect(read.files.map(({ name }) => name)).toEqual(['5.png'])
  expect(read.faults).toEqual(['film.txt: larger than 25 MB.'])
})

test('more files than go with an answer are said, and a form without files is a form', async () => {
  const many = Array.from({ length: mostAnswerFiles + 2 }, (_, index) => picture(index))
  const read = await readAnswerForm(form(many), 'q1')
  expect(read.files).toHaveLength(mostAnswerFiles)
  expect(read.faults).toEqual(['At most 10 files go with an answer. The others were left out.'])
  const plain = new Request('http://127.0.0.1/', { method: 'POST', body: new URLSearchParams({ intent: 'close' }) })
  expect((await readAnswerForm(plain, 'q1')).fields.get('intent')).toBe('close')
})
