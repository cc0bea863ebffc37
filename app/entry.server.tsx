import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { renderToPipeableStream } from 'react-dom/server'
import {
  isRouteErrorResponse,
  ServerRouter,
  type EntryContext,
  type HandleErrorFunction,
  type RouterContextProvider,
} from 'react-router'
import { log } from '#app/platform/log.server.ts'
import { isOutage } from '#app/platform/outage.ts'
import { quotableId, requestContext } from '#app/platform/request.server.ts'

/** Slow parts of a page may stream this long. */
export const streamTimeout = 15_000

/** Renders a page: the frame at once, slow parts as they come. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  context: RouterContextProvider,
): Promise<Response> | Response {
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  const { nonce } = context.get(requestContext)
  return new Promise((resolve, reject) => {
    let shellIsOut = false
    const { pipe, abort } = renderToPipeableStream(
      <ServerRouter context={routerContext} url={request.url} nonce={nonce} />,
      {
        nonce,
        onShellReady() {
          shellIsOut = true
          const body = new PassThrough()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }))
          pipe(body)
        },
        onShellError: (error) => reject(error instanceof Error ? error : new Error(String(error))),
        onError(error) {
          if (shellIsOut) log.error({ err: error }, 'a part of a page could not be rendered')
        },
      },
    )
    setTimeout(abort, streamTimeout + 1_000).unref()
  })
}

/** Logs what a route threw, with the number that the error page shows. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  const facts = context.get(requestContext)
  facts.outage = isOutage(error)
  // With the number that its page shows, so that whoever is told it finds the line.
  log.error(
    { err: error, request: facts.id, number: quotableId(facts.id) },
    facts.outage ? 'the database is out' : 'a route failed',
  )
}
