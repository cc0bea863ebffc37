import { Resolver } from 'node:dns/promises'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Agent, request, type buildConnector, type Dispatcher } from 'undici'
import { env } from './env.server.ts'
import { isPublicAddress } from './public-address.ts'

const maxBytes = 64 * 1024
const maxMs = 5_000

/** Why nothing was fetched; each is a fact about the address or its server, none tells what lies inside our network. */
export type FetchFault =
  | 'not-a-url'
  | 'not-https'
  | 'user-info'
  | 'odd-port'
  | 'no-name'
  | 'no-address'
  | 'not-public'
  | 'unreachable'
  | 'redirected'
  | 'not-found'
  | 'too-large'

/** What came of fetching. */
export type Fetched = { fetched: true; text: string } | { fetched: false; because: FetchFault }

/** How names become addresses and addresses sockets: the world, or in a test a stand-in for it. */
export type Network = {
  /** Every address of a name, IPv4 and IPv6. */
  addressesOf: (name: string) => Promise<readonly string[]>
  /** A connection to this very address. */
  dial: (address: string, port: number) => Socket
  /** Certificates of a stand-in, beside those that everybody trusts. */
  ca?: string
  /** Ports beside those of the protocols. */
  ports?: readonly number[]
}

/** The network as it is. Hosts files are not read: `localhost` is no name of the internet. */
export const theInternet: Network = {
  addressesOf: addressesOf(() => new Resolver({ timeout: 2_000, tries: 2 })),
  dial: (address, port) => connectTcp({ host: address, port }),
}

/** Asks a resolver for both kinds of addresses of a name; a name without any has none. */
export function addressesOf(resolver: () => Resolver): Network['addressesOf'] {
  return async (name) => {
    const asked = resolver()
    const answers = await Promise.allSettled([asked.resolve4(name), asked.resolve6(name)])
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  }
}

/**
 * Fetches a small public text that somebody named, and lets nobody use the portal to look into its own network: the name
 * is resolved once, every address of it must be public, the connection goes to one of those very addresses, and no
 * redirect is followed.
 *
 * @param url https in production, on its own port, without user or password
 * @returns at most 64 kB of text, within five seconds
 */
export async function safeFetch(url: string, network: Network = theInternet): Promise<Fetched> {
  const target = readTarget(url, network.ports ?? [])
  if ('because' in target) return { fetched: false, because: target.because }
  const addresses = await network.addressesOf(target.hostname)
  const [address] = addresses
  if (address === undefined) return { fetched: false, because: 'no-address' }
  if (!addresses.every(isPublicAddress)) return { fetched: false, because: 'not-public' }
  return getFrom(target, address, network)
}

function readTarget(text: string, ports: readonly number[]): URL | { because: FetchFault } {
  if (text.length > 2_000 || !URL.canParse(text)) return { because: 'not-a-url' }
  const url = new URL(text)
  const mayBePlain = env().NODE_ENV !== 'production'
  if (url.protocol !== 'https:' && !(mayBePlain && url.protocol === 'http:')) return { because: 'not-https' }
  // Even an empty one: `https://example.com@evil.example/` begins with a name that it does not lead to.
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/\/[^/?#]*@/i.test(text)) return { because: 'user-info' }
  if (url.port !== '' && !ports.includes(Number(url.port))) return { because: 'odd-port' }
  // A number is no name, however it is spelled: the URL parser has made plain addresses of them all.
  if (isIP(url.hostname.replaceAll(/[[\]]/g, '')) !== 0) return { because: 'no-name' }
  if (!/^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(url.hostname))
    return { because: 'no-name' }
  return url
}

async function getFrom(url: URL, address: string, network: Network): Promise<Fetched> {
  const agent = new Agent({ connect: connectorTo(url, address, network), pipelining: 0, maxHeaderSize: 16_384 })
  try {
    const answer = await request(url, {
      dispatcher: agent,
      signal: AbortSignal.timeout(maxMs),
      headers: { accept: 'text/plain', 'user-agent': 'Caveat (domain check)' },
    })
    return await read(answer)
  } catch {
    // Refused, reset, timed out, a certificate of another name: from outside they are all the same.
    return { fetched: false, because: 'unreachable' }
  } finally {
    await agent.destroy()
  }
}

async function read({ statusCode, body }: Dispatcher.ResponseData): Promise<Fetched> {
  if (statusCode >= 300 && statusCode < 400) return { fetched: false, because: 'redirected' }
  if (statusCode !== 200) return { fetched: false, because: 'not-found' }
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of body) {
    const chunk = Buffer.from(part)
    bytes += chunk.length
    if (bytes > maxBytes) return { fetched: false, because: 'too-large' }
    parts.push(chunk)
  }
  return { fetched: true, text: Buffer.concat(parts).toString('utf8') }
}

// undici would resolve the name anew, and a resolver may answer differently the second time.
function connectorTo(url: URL, address: string, { dial, ca }: Network): buildConnector.connector {
  const isSecure = url.protocol === 'https:'
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port)
  return (_options, done) => {
    const plain = dial(address, port)
    const socket = isSecure
      ? connectTls({
          socket: plain,
          servername: url.hostname,
          ALPNProtocols: ['http/1.1'],
          ...(ca === undefined ? {} : { ca }),
        })
      : plain
    const timer = setTimeout(() => socket.destroy(new Error('No connection in time')), maxMs)
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      done(null, socket)
    })
    socket.once('error', (error) => {
      clearTimeout(timer)
      done(error, null)
    })
    plain.once('error', (error) => socket.destroy(error))
  }
}
