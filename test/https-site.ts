import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Network } from '#app/platform/safe-fetch.server.ts'

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
/** The site's certificate, made for studio.example. */
const certificate = { key: fixture('studio.example.key.pem'), cert: fixture('studio.example.cert.pem') }

/** The port a server listens on. */
export function portOf(server: { address: () => AddressInfo | string | null }): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/**
 * The site https://studio.example on this machine, standing for a public address that nothing connects to.
 *
 * @param ask is given a network in which the name leads there, and what was dialled
 */
export async function withSite<T>(
  answer: RequestListener,
  ask: (site: Network, dialled: string[]) => Promise<T>,
): Promise<T> {
  const server = createServer(certificate, answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const dialled: string[] = []
  const site: Network = {
    addressesOf: () => Promise.resolve(['93.184.215.14']),
    dial: (address, port) => {
      dialled.push(`${address}:${port}`)
      return connect({ host: '127.0.0.1', port: portOf(server) })
    },
    ca: certificate.cert,
  }
  try {
    return await ask(site, dialled)
  } finally {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
}
