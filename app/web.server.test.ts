import { createServer, request, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWebListener } from './web.server.ts'

// What is refused here never reaches a route: there is none.
const server = createServer(
  createWebListener(async () => {
    throw new Error('a route was asked for')
  }),
)
let port = 0
beforeAll(async () => {
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const origin = 'http://127.0.0.1:3000'

/** The status that a form gets whose body is only announced. */
async function statusOf(path: string, headers: Record<string, string | number>): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const asked = request({ host: '127.0.0.1', port, path, method: 'POST', headers: { origin, ...headers } })
  asked.once('response', resolve).once('error', reject).flushHeaders()
  const answer = await promise
  asked.destroy()
  return answer.statusCode
}

const file = { 'content-type': 'multipart/form-data; boundary=x' }
const mebibyte = 2 ** 20

test.each(['/sign-in', '/verify', '/n/token', '/evidence/1/capture', '/notices/CAV-1/answer'])(
  '%s takes no more with a file than without',
  async (path) => {
    expect(await statusOf(path, { ...file, 'content-length': 4 * mebibyte + 1 })).toBe(413)
    expect(await statusOf(path, { ...file, 'transfer-encoding': 'chunked' })).toBe(411)
    expect(await statusOf(path, { 'content-type': 'text/plain', 'content-length': 4 * mebibyte + 1 })).toBe(413)
  },
)

test('a form of more fields than any page sends is refused before it is taken apart', async () => {
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' }
  const post = (fields: number) =>
    fetch(`http://127.0.0.1:${port}/sign-in`, { method: 'POST', headers, body: 'a&'.repeat(fields) })
  const before = process.cpuUsage()
  expect((await post(2_000_000)).status).toBe(413)
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000)
  expect((await post(5_000)).status).toBe(503)
})

test.each([
  ['/evidence', 257],
  ['/evidence/1/redaction', 257],
  ['/catalogues/1/import', 257],
  ['/notices/CAV-1/answer/file', 257],
  ['/notices/CAV-1/questions/2', 257],
  ['/n/token/answers', 257],
  ['/association/mandates/invite', 11],
  ['/settings/mandates/1/change', 11],
])('%s takes files up to %i MiB', async (path, most) => {
  expect(await statusOf(path, { ...file, 'content-length': most * mebibyte + 1 })).toBe(413)
  expect(await statusOf(path, { ...file, 'content-length': most * mebibyte })).toBe(503)
})

test('a form from elsewhere is refused before it is looked at', async () => {
  expect(await statusOf('/sign-in', { origin: 'https://elsewhere.test', 'content-length': 1 })).toBe(403)
})
