import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { AwsV4Signer } from 'aws4fetch'

const keys = { accessKeyId: 'AKIDTEST', secretAccessKey: 'a secret of the test' }
const noSuchKey = { status: 404, text: '<Error><Code>NoSuchKey</Code></Error>' }

type Said = { status: number; text?: string; bytes?: Buffer; headers?: Record<string, string> }
type Begun = { key: string; at: Date; parts: Map<number, Buffer> }
type Bucket = {
  objects: Map<string, Buffer>
  /** When an object was written, if not just now. */
  written: Map<string, Date>
  uploads: Map<string, Begun>
  /** `pageSize`: how much a listing tells at once. */
  state: { failNext: number; pageSize: number }
}

/** A bucket in memory that speaks as much S3 as the portal asks for, and refuses what is not signed with its keys. */
export async function startFakeS3() {
  const bucket: Bucket = {
    objects: new Map(),
    written: new Map(),
    uploads: new Map(),
    state: { failNext: 0, pageSize: 1000 },
  }
  const server = createServer((request, answer) => {
    void (async () => {
      const body = await buffer(request)
      const said = (await isSigned(request, body))
        ? handle(bucket, request, body)
        : { status: 403, text: 'SignatureDoesNotMatch' }
      answer.writeHead(said.status, 'headers' in said ? said.headers : {})
      answer.end(request.method === 'HEAD' ? undefined : 'bytes' in said ? said.bytes : said.text)
    })()
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a listening TCP server has an address and a port
  const { port } = server.address() as AddressInfo
  const endpoint = `http://127.0.0.1:${port}`
  return {
    ...bucket,
    environment: {
      STORAGE_URL: `s3://caveat-test/evidence/here?endpoint=${encodeURIComponent(endpoint)}&region=eu-test-1`,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    },
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function handle(bucket: Bucket, request: IncomingMessage, body: Buffer): Said {
  const { objects, uploads, state } = bucket
  const url = new URL(request.url ?? '/', 'http://s3.test')
  const key = decodeURIComponent(url.pathname)
  const uploadId = url.searchParams.get('uploadId')
  if (state.failNext > 0) {
    state.failNext -= 1
    return { status: 400, text: '<Error><Code>Failing</Code></Error>' }
  }
  switch (request.method) {
    case 'GET': {
      if (url.searchParams.has('list-type')) return listObjects(bucket, url.searchParams)
      if (url.searchParams.has('uploads')) return listUploads(bucket, url.searchParams)
      const bytes = objects.get(key)
      return bytes === undefined ? noSuchKey : { status: 200, bytes }
    }
    case 'HEAD':
      return { status: objects.has(key) ? 200 : 404 }
    case 'DELETE':
      if (uploadId === null) objects.delete(key)
      else uploads.delete(uploadId)
      return { status: 204 }
    case 'POST':
      return uploadId === null ? begin(bucket, key) : complete(bucket, { key, uploadId, list: body.toString() })
    default:
      return put(bucket, { key, query: url.searchParams, source: request.headers['x-amz-copy-source'], body })
  }
}

const nameOf = (key: string) => key.split('/').slice(2).join('/')
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function listObjects({ objects, written, state }: Bucket, query: URLSearchParams): Said {
  const after = query.get('continuation-token') ?? ''
  const names = [...objects.keys()]
    .map((key) => ({ name: nameOf(key), at: written.get(key) ?? new Date() }))
    .filter(({ name }) => name.startsWith(query.get('prefix') ?? '') && name > after)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const page = names.slice(0, state.pageSize)
  const more = names.length > page.length ? (page.at(-1)?.name ?? '') : ''
  const rows = page.map(
    ({ name, at }) =>
      `<Contents><Key>${escaped(name)}</Key><LastModified>${at.toISOString()}</LastModified></Contents>`,
  )
  const next = more === '' ? '' : `<NextContinuationToken>${escaped(more)}</NextContinuationToken>`
  return { status: 200, text: `<ListBucketResult>${next}${rows.join('')}</ListBucketResult>` }
}

function listUploads({ uploads, state }: Bucket, query: URLSearchParams): Said {
  const marker = `${query.get('key-marker') ?? ''} ${query.get('upload-id-marker') ?? ''}`
  const all = [...uploads]
    .map(([id, { key, at }]) => ({ id, name: nameOf(key), at }))
    .filter(({ id, name }) => name.startsWith(query.get('prefix') ?? '') && `${name} ${id}` > marker)
    .toSorted((a, b) => (`${a.name} ${a.id}` < `${b.name} ${b.id}` ? -1 : 1))
  const page = all.slice(0, state.pageSize)
  const last = page.at(-1)
  const next =
    all.length > page.length && last !== undefined
      ? `<NextKeyMarker>${escaped(last.name)}</NextKeyMarker><NextUploadIdMarker>${last.id}</NextUploadIdMarker><IsTruncated>true</IsTruncated>`
      : '<IsTruncated>false</IsTruncated>'
  const rows = page.map(
    ({ id, name, at }) =>
      `<Upload><Key>${escaped(name)}</Key><UploadId>${id}</UploadId><Initiated>${at.toISOString()}</Initiated></Upload>`,
  )
  return { status: 200, text: `<ListMultipartUploadsResult>${next}${rows.join('')}</ListMultipartUploadsResult>` }
}

function begin({ uploads }: Bucket, key: string): Said {
  const id = randomUUID()
  uploads.set(id, { key, at: new Date(), parts: new Map() })
  return { status: 200, text: `<Initiated><UploadId>${id}</UploadId></Initiated>` }
}

type Completed = { key: string; uploadId: string; list: string }

function complete({ objects, uploads }: Bucket, { key, uploadId, list }: Completed): Said {
  const parts = uploads.get(uploadId)?.parts
  const numbers = [...list.matchAll(/<PartNumber>(\d+)<\/PartNumber>/gu)].map(([, number]) => Number(number))
  const found = numbers.map((number) => parts?.get(number))
  // As the real one: every part but the last has 5 MiB or more.
  const small = found.slice(0, -1).some((part) => (part?.length ?? 0) < 5 * 2 ** 20)
  if (small || found.includes(undefined)) return { status: 400, text: '<Error><Code>EntityTooSmall</Code></Error>' }
  objects.set(key, Buffer.concat(found.map((part) => part ?? Buffer.alloc(0))))
  uploads.delete(uploadId)
  return { status: 200, text: '<Completed/>' }
}

type Put = { key: string; query: URLSearchParams; source: string | string[] | undefined; body: Buffer }

function put({ objects, uploads }: Bucket, { key, query, source, body }: Put): Said {
  const uploadId = query.get('uploadId')
  if (uploadId !== null) {
    uploads.get(uploadId)?.parts.set(Number(query.get('partNumber')), body)
    return { status: 200, headers: { ETag: `"${createHash('md5').update(body).digest('hex')}"` } }
  }
  if (typeof source !== 'string') {
    objects.set(key, body)
    return { status: 200 }
  }
  const bytes = objects.get(decodeURIComponent(source))
  if (bytes === undefined) return noSuchKey
  objects.set(key, bytes)
  return { status: 200, text: '<CopyObjectResult/>' }
}

async function isSigned({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): Promise<boolean> {
  const hash = String(headers['x-amz-content-sha256'])
  if (createHash('sha256').update(body).digest('hex') !== hash) return false
  const names = /SignedHeaders=([^,]+)/u.exec(headers.authorization ?? '')?.[1]?.split(';') ?? []
  const signed = names
    .filter((name) => name !== 'host' && name !== 'x-amz-date')
    .map((name): [string, string] => [name, String(headers[name])])
  const signer = new AwsV4Signer({
    ...keys,
    method,
    url: `http://${headers.host}${url}`,
    headers: signed,
    service: 's3',
    region: 'eu-test-1',
    datetime: String(headers['x-amz-date']),
  })
  return (await signer.authHeader()) === headers.authorization
}
