import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { createRequestListener, type FetchHandler } from '@remix-run/node-fetch-server'
import { createRequestHandler, RouterContextProvider, type RequestHandler, type ServerBuild } from 'react-router'
import { clientAddress } from '#app/platform/client-address.server.ts'
import { env } from '#app/platform/env.server.ts'
import { hasTooManyFields } from '#app/platform/form-fields.ts'
import { newId } from '#app/platform/id.ts'
import { log } from '#app/platform/log.server.ts'
import { countRequest } from '#app/platform/metrics.server.ts'
import { comesFromOurPages } from '#app/platform/origin.ts'
import { withOriginOfAct } from '#app/platform/origin-of-act.server.ts'
import { quotableId, requestContext, type RequestFacts } from '#app/platform/request.server.ts'
import { keptOnServer } from './kept-on-server.ts'

const mebibyte = 1024 * 1024
/** The largest body of a form without files, in bytes. */
const maxFormBytes = 4 * mebibyte
/** Where files come in, and how large a form may be there. They are read as they arrive, or whole where they are small. */
const uploads = [
  {
    at: /^\/(?:evidence(?:\/[^/]+\/redaction)?|catalogues\/[^/]+\/import|notices\/[^/]+\/(?:answer\/file|questions\/\d+)|n\/[^/]+\/answers)$/,
    most: 257 * mebibyte,
    streamed: true,
  },
  { at: /^\/(?:settings|association)\/mandates\//, most: 11 * mebibyte, streamed: false },
] as const

/** Everything that answers a request, short of the static files. */
export function createWebListener(load: () => Promise<ServerBuild>): RequestListener {
  // Made once: the router would rank all routes anew for every request.
  let made: Promise<RequestHandler> | undefined
  const handle: RequestHandler = async (request, context) => {
    made ??= load().then((build) => createRequestHandler(keptOnServer(build), env().NODE_ENV))
    return (await made)(request, context)
  }
  const origin = new URL(env().BASE_URL).origin
  const respond: FetchHandler = async (incoming, client) => {
    const started = performance.now()
    const request = withOwnAddress(incoming, origin)
    const facts: RequestFacts = {
      id: newId(),
      nonce: randomBytes(16).toString('base64'),
      clientAddress: clientAddress(client.address, {
        forwardedFor: request.headers.get('x-forwarded-for') ?? undefined,
        trustedProxies: env().TRUSTED_PROXIES,
      }),
    }
    const refusal = refuse(request, origin) ?? (await refuseUnreadable(request))
    const response = guarded(
      refusal === undefined
        ? await answer(request, facts, handle)
        : await saidOnPage(refusal, { request, facts, handle }),
      facts,
    )
    countRequest(request.method, response.status, (performance.now() - started) / 1000)
    log.info({
      request: facts.id,
      method: request.method,
      path: withoutSecrets(new URL(request.url).pathname),
      status: response.status,
      ms: Math.round(performance.now() - started),
    })
    return response
  }
  return createRequestListener(respond, {
    onError(error) {
      log.error({ err: error }, 'a request failed outside its route')
    },
  })
}

// Addresses are built from BASE_URL: a forged Host header reaches no link, no redirect and no mail.
function withOwnAddress(request: Request, origin: string): Request {
  const { pathname, search } = new URL(request.url)
  const url = new URL(`${origin}${pathname}${search}`)
  const own = url.href === request.url ? request : new Request(url, request)
  return isSealed(pathname) ? withoutOrigin(own) : own
}

// A reader's mail program posts there for its user, from wherever it is (RFC 8058): the sealed address is the whole permission.
function isSealed(pathname: string): boolean {
  return pathname.startsWith('/unsubscribe/')
}

function withoutOrigin(request: Request): Request {
  const headers = new Headers(request.headers)
  headers.delete('origin')
  return new Request(request, { headers })
}

function refuse(request: Request, origin: string): Response | undefined {
  const { pathname } = new URL(request.url)
  // Pages are documents: what a loader read is more than its page shows, and no script of ours asks for it.
  if (pathname.endsWith('.data') || pathname === '/__manifest') return new Response('Not found', { status: 404 })
  if (!isSealed(pathname) && !comesFromOurPages(request.method, request.headers, origin))
    return new Response('Not from our pages', { status: 403 })
  if (request.method === 'GET' || request.method === 'HEAD') return undefined
  // Anywhere else a form is taken into memory whole, whoever sends it.
  const upload = isFileForm.test(request.headers.get('content-type') ?? '')
    ? uploads.find(({ at }) => at.test(pathname))
    : undefined
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  if (Number.isNaN(length) && upload?.streamed !== true) return new Response('Length required', { status: 411 })
  if (length > (upload?.most ?? maxFormBytes)) return new Response('Too large', { status: 413 })
  return undefined
}

const isFileForm = /^multipart\/form-data\b/i

const isForm = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i
const takesBytes = /^\/evidence\/uploads\/[^/]+$/

// What no browser sends is refused once, for every address: a NUL, which the database does not keep, a form that cannot be
// read, and one of too many fields. Uploads that are larger than a form are read, and judged, by their own routes.
async function refuseUnreadable(request: Request): Promise<Response | undefined> {
  const { pathname, search } = new URL(request.url)
  if (`${pathname}${search}`.includes('%00')) return new Response('Not found', { status: 404 })
  const type = request.headers.get('content-type') ?? ''
  const bytes = Number(request.headers.get('content-length') ?? Number.NaN)
  if (request.body === null || bytes === 0) return undefined
  // Parts of a file come as they are.
  if (!isForm.test(type)) return request.method === 'PATCH' && takesBytes.test(pathname) ? undefined : unreadable()
  if (!(bytes <= maxFormBytes)) return undefined
  try {
    const body = new Uint8Array(await request.clone().arrayBuffer())
    if (hasTooManyFields(body, type)) return new Response('Too many fields', { status: 413 })
    const typed = await new Response(body, { headers: { 'content-type': type } }).formData()
    const texts = [...typed].map(([name, value]) => `${name}${typeof value === 'string' ? value : value.name}`)
    return texts.some((text) => text.includes('\0')) ? unreadable() : undefined
  } catch (error) {
    if (error instanceof TypeError) return unreadable()
    throw error
  }
}

function unreadable(): Response {
  return new Response('This form cannot be read', { status: 400 })
}

// A person reads why on a page of ours, in his or her language. Nothing of what was sent goes further.
async function saidOnPage(
  refusal: Response,
  { request, facts, handle }: { request: Request; facts: RequestFacts; handle: Handle },
): Promise<Response> {
  const { status } = refusal
  if ((status !== 400 && status !== 413) || request.headers.get('accept')?.includes('text/html') !== true)
    return refusal
  facts.refused = status
  const headers = new Headers()
  for (const name of ['cookie', 'accept-language']) headers.set(name, request.headers.get(name) ?? '')
  return answer(new Request(new URL('/', request.url), { headers }), facts, handle)
}

type Handle = (request: Request, context: RouterContextProvider) => Promise<Response>

async function answer(request: Request, facts: RequestFacts, handle: Handle): Promise<Response> {
  try {
    const context = new RouterContextProvider()
    context.set(requestContext, facts)
    const origin = { networkAddress: facts.clientAddress, userAgent: request.headers.get('user-agent') }
    return unavailable(await withOriginOfAct(origin, () => handle(request, context)), facts)
  } catch (error) {
    log.error({ err: error, request: facts.id }, 'no page could be made')
    return new Response(notAvailable(quotableId(facts.id)), {
      status: 503,
      headers: { 'Retry-After': '10', 'Content-Type': 'text/plain; charset=utf-8' },
    })
  }
}

// Where not even a page can be made: in both languages.
function notAvailable(number: string): string {
  return `Caveat is not available right now. Nothing was lost. Please try again in a minute. If it happens again, quote ${number}.

現在ご利用いただけません。記録は失われていません。しばらくしてから、もう一度お試しください。繰り返し発生する場合は、お問い合わせ番号 ${number} をお知らせください。
`
}

// The page that a failed route shows stays; its status says that trying again helps.
function unavailable(response: Response, { outage }: RequestFacts): Response {
  if (outage !== true || response.status !== 500) return response
  const headers = new Headers(response.headers)
  headers.set('Retry-After', '10')
  return new Response(response.body, { status: 503, headers })
}

function guarded(response: Response, { nonce }: RequestFacts): Response {
  const secure = env().BASE_URL.startsWith('https:')
  const defaults: Record<string, string> = {
    'Content-Security-Policy': [
      `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'`,
      `form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'`,
    ].join('; '),
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
    'Cache-Control': 'no-store',
    ...(secure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
  for (const [name, value] of Object.entries(defaults))
    if (!response.headers.has(name)) response.headers.set(name, value)
  return response
}

/** A path for the log: what opens something for its bearer is left out. */
function withoutSecrets(path: string): string {
  return path.replace(/^\/(n|c|closings|invitations|unsubscribe)\/[^/]+/, '/$1/…')
}
