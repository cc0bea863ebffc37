import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { AwsClient } from 'aws4fetch'
import { env } from './env.server.ts'
import { noSuchObject, type ObjectStore } from './object-store.ts'
import { readBegunUploads, readObjects, type Page } from './s3-listings.ts'

// The smallest part that S3 takes is 5 MiB; a file of 256 MiB makes 32 of these.
const partBytes = 8 * 2 ** 20

type Answer = { status: number; text: string; headers: Headers }
type Ask = (method: string, key: string, given?: Asked) => Promise<Answer>
type Asked = {
  query?: Readonly<Record<string, string>>
  body?: Uint8Array<ArrayBuffer> | string
  headers?: Readonly<Record<string, string>>
  also?: readonly number[]
}

/**
 * Objects in a bucket: `s3://bucket/prefix?endpoint=https://…&region=…`, with the keys of the environment
 * (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN). The bucket is named in the path, as every S3 understands.
 */
export function s3Store(address: string): ObjectStore {
  const { start, urlOf, send, ask, list } = openBucket(address)
  return {
    put: (key, source) => putBytes(ask, key, source),
    read: (key) => Readable.from(readBytes(() => send('GET', urlOf(key)), key)),
    has: async (key) => (await ask('HEAD', key, { also: [404] })).status === 200,
    async move(from, to) {
      const source = urlOf(from).pathname
      const copied = await ask('PUT', to, { headers: { 'X-Amz-Copy-Source': source } })
      // A copy that fails half-way is told with 200 and an error inside.
      if (copied.text.includes('<Error>'))
        throw new Error(`The bucket did not copy ${from}: ${copied.text.slice(0, 300)}`)
      await ask('DELETE', from, { also: [404] })
    },
    remove: async (key) => void (await ask('DELETE', key, { also: [404] })),
    async *list(folder) {
      const query = { 'list-type': '2', prefix: `${start}${folder}/` }
      for await (const { path, writtenAt } of everyPage(async (next) => readObjects(await list({ ...query, ...next }))))
        yield { path: path.slice(start.length), writtenAt }
    },
    async removeUnfinished(before) {
      const pages = everyPage(async (next) => readBegunUploads(await list({ uploads: '', prefix: start, ...next })))
      let removed = 0
      for await (const { key, uploadId, begunAt } of pages) {
        const own = key.slice(start.length)
        // Others may keep things in a bucket that was given no prefix.
        if (begunAt >= before || !isPutKey(own)) continue
        await ask('DELETE', own, { query: { uploadId }, also: [404] })
        removed += 1
      }
      return removed
    },
    answers: () => list({ 'list-type': '2', 'max-keys': '1' }).then(() => true),
  }
}

/** How a bucket is asked: for an object (`ask`, `send`), and for what it holds (`list`). */
function openBucket(address: string) {
  const { base, prefix, region } = readAddress(address)
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env()
  const client = new AwsClient({
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
    service: 's3',
    region,
    retries: 3,
  })
  const urlOf = (key: string, query: Readonly<Record<string, string>> = {}) => {
    const url = new URL(`${base}/${[...prefix, ...key.split('/')].map((part) => encodeURIComponent(part)).join('/')}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }
  const send = (method: string, url: URL, { body, headers = {} }: Asked = {}) => {
    const hash = createHash('sha256')
      .update(body ?? '')
      .digest('hex')
    // The hash is signed with the request: bytes that changed on the way are refused there.
    return client.fetch(url, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: { ...headers, 'X-Amz-Content-Sha256': hash },
    })
  }
  const ask: Ask = async (method, key, asked = {}) => {
    const response = await send(method, urlOf(key, asked.query), asked)
    const answer = { status: response.status, text: await response.text(), headers: response.headers }
    if (!response.ok && asked.also?.includes(response.status) !== true) {
      throw new Error(`The bucket answered ${method} ${key} with ${answer.status}: ${answer.text.slice(0, 300)}`)
    }
    return answer
  }
  const list = async (query: Readonly<Record<string, string>>): Promise<string> => {
    const url = new URL(base)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const response = await send('GET', url)
    const text = await response.text()
    if (!response.ok) throw new Error(`The bucket listed nothing (${response.status}): ${text.slice(0, 300)}`)
    return text
  }
  return { start: prefix.map((part) => `${part}/`).join(''), urlOf, send, ask, list }
}

async function* everyPage<Each>(
  ask: (next: Readonly<Record<string, string>>) => Promise<Page<Each>>,
): AsyncGenerator<Each> {
  let next: Readonly<Record<string, string>> | null = {}
  while (next !== null) {
    const page: Page<Each> = await ask(next)
    yield* page.found
    next = page.next
  }
}

function isPutKey(key: string): boolean {
  return /^(?:incoming|uploads|exports|letters)\/[a-z0-9./-]+$/u.test(key)
}

/** What an S3 address says. */
function readAddress(address: string): { base: string; prefix: string[]; region: string } {
  const url = new URL(address)
  const region = url.searchParams.get('region') ?? 'us-east-1'
  const endpoint = url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`
  return {
    base: `${endpoint.replace(/\/+$/u, '')}/${url.hostname}`,
    prefix: url.pathname.split('/').filter((part) => part !== ''),
    region,
  }
}

async function* readBytes(get: () => Promise<Response>, key: string): AsyncGenerator<Uint8Array> {
  const response = await get()
  if (response.status === 404) throw noSuchObject(key)
  if (!response.ok || response.body === null) throw new Error(`The bucket answered GET ${key} with ${response.status}`)
  yield* response.body
}

// What fits into one part is put at once; more goes in parts, so that no file is ever whole in memory.
async function putBytes(ask: Ask, key: string, source: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = partsOf(source)
  const first = await parts.next()
  const second = first.done === true ? first : await parts.next()
  if (first.done === true || second.done === true) {
    await ask('PUT', key, { body: first.done === true ? new Uint8Array() : first.value })
    return
  }
  const begun = await ask('POST', key, { query: { uploads: '' } })
  const uploadId = /<UploadId>([^<]+)<\/UploadId>/u.exec(begun.text)?.[1]
  if (uploadId === undefined) throw new Error(`The bucket began no upload of ${key}: ${begun.text.slice(0, 300)}`)
  try {
    const tags: string[] = []
    const keep = async (body: Uint8Array<ArrayBuffer>) => {
      const { headers } = await ask('PUT', key, { query: { partNumber: String(tags.length + 1), uploadId }, body })
      tags.push(headers.get('etag') ?? '')
    }
    await keep(first.value)
    await keep(second.value)
    for await (const part of parts) await keep(part)
    const list = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`)
    const body = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`
    const ended = await ask('POST', key, { query: { uploadId }, body })
    if (ended.text.includes('<Error>'))
      throw new Error(`The bucket did not put ${key} together: ${ended.text.slice(0, 300)}`)
  } catch (error) {
    await ask('DELETE', key, { query: { uploadId }, also: [404] })
    throw error
  }
}

async function* partsOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer<ArrayBuffer>, void> {
  let waiting: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source) {
    let rest = chunk
    while (bytes + rest.length >= partBytes) {
      const taken = partBytes - bytes
      yield Buffer.concat([...waiting, rest.subarray(0, taken)])
      rest = rest.subarray(taken)
      waiting = []
      bytes = 0
    }
    if (rest.length === 0) continue
    waiting.push(rest)
    bytes += rest.length
  }
  if (bytes > 0) yield Buffer.concat(waiting)
}
