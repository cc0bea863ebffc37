import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readUpload, type Upload } from './upload.server.ts'

async function sent(form: FormData): Promise<{ type: string; bytes: Buffer }> {
  const response = new Response(form)
  return { type: response.headers.get('content-type') ?? '', bytes: Buffer.from(await response.arrayBuffer()) }
}

function requestOf(type: string, bytes: Buffer, pieces: number): Request {
  const size = Math.max(1, Math.ceil(bytes.length / pieces))
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let from = 0; from < bytes.length; from += size) controller.enqueue(bytes.subarray(from, from + size))
      controller.close()
    },
  })
  const init = { method: 'POST', headers: { 'content-type': type }, body, duplex: 'half' }
  return new Request('http://127.0.0.1/', init)
}

async function contentOf(upload: Upload | undefined): Promise<Buffer> {
  const parts: Uint8Array[] = []
  if (upload === undefined) throw new Error('no upload')
  for await (const part of upload.content) parts.push(part)
  return Buffer.concat(parts)
}

test('a file arrives whole, however the connection cuts it and whatever it holds', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ unit: fc.constantFrom('\r', '\n', '-', 'x', '--\r\n') }).map((text) => Buffer.from(text)),
  )
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 300 }), async (file, pieces) => {
      const form = new FormData()
      form.append('before', 'a field')
      form.append('other', new File(['not this'], 'other.csv'))
      form.append('file', new File([Uint8Array.from(file)], '作品 "x".csv'))
      form.append('after', 'b')
      const { type, bytes: body } = await sent(form)
      const upload = await readUpload(requestOf(type, body, pieces), 'file')
      expect(upload?.fileName).toBe('作品 "x".csv')
      expect((await contentOf(upload)).equals(Buffer.from(file))).toBe(true)
    }),
    { numRuns: 150 },
  )
})

test('a form without the file has none', async () => {
  const form = new FormData()
  form.append('file', new File([], ''))
  const { type, bytes } = await sent(form)
  expect(await readUpload(requestOf(type, bytes, 3), 'file')).toBeUndefined()
  expect(await readUpload(requestOf('text/plain', Buffer.from('x'), 1), 'file')).toBeUndefined()
})

test('a form that breaks off is an error, not a shorter file', async () => {
  const form = new FormData()
  form.append('file', new File(['x'.repeat(1000)], 'a.csv'))
  const { type, bytes } = await sent(form)
  const upload = await readUpload(requestOf(type, bytes.subarray(0, 600), 5), 'file')
  await expect(contentOf(upload)).rejects.toThrow(/broke off/u)
})
