import { createRequestHandler, type ServerBuild } from 'react-router'
import { expect, test } from 'vitest'
import { keptOnServer, markUnsent } from './kept-on-server.ts'

/** A portal of one page, which answers with what it was drawn from and what the router would send along. */
function aBuild(loader: () => unknown): ServerBuild {
  return {
    entry: {
      module: {
        async default(_request, status, headers, context) {
          const sent = await new Response(context.serverHandoffStream).text()
          return Response.json({ drawn: context.staticHandlerContext.loaderData, sent }, { status, headers })
        },
      },
    },
    routes: { root: { id: 'root', path: '', module: { default: () => null, loader } } },
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
    publicPath: '/',
    assetsBuildDirectory: '',
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: 'initial', manifestPath: '/__manifest' },
  }
}

async function ask(build: ServerBuild): Promise<{ drawn: unknown; sent: string }> {
  const answer = await createRequestHandler(build, 'production')(new Request('https://caveat.test/'))
  const told: { drawn: unknown; sent: string } = await answer.json()
  return told
}

const notice = { reference: 'CAV-7H3K-9Q2V', works: [{ title: 'Paper Moon' }] }

test('a page is drawn from its data, and the data is written nowhere else', async () => {
  const plain = await ask(aBuild(() => ({ ...notice })))
  expect(plain.sent).toContain('Paper Moon')
  const kept = await ask(keptOnServer(aBuild(() => ({ ...notice }))))
  expect(kept.drawn).toEqual({ root: notice })
  expect(kept.sent).not.toContain('Paper Moon')
  expect(kept.sent).not.toContain('works')
})

test('what is read twice, or cannot be marked, passes as it is', () => {
  const twice = { ...notice }
  expect(markUnsent(markUnsent(twice))).toBe(twice)
  expect({ ...twice }).toEqual(notice)
  expect(Object.keys(twice)).toEqual(['reference', 'works'])
  const frozen = Object.freeze({ ...notice })
  for (const each of [frozen, null, 'text', [1], new Response('x')]) expect(markUnsent(each)).toBe(each)
})
