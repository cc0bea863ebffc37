import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { portOf, withSite } from '#test/https-site.ts'
import { testSecret } from '#test/secret.ts'
import { forgetEnvironment } from './env.server.ts'
import { safeFetch, type FetchFault, type Network } from './safe-fetch.server.ts'

// Example's own server, and a name server of Google: two addresses that are public for ever. Nothing connects to them.
const publicV4 = '93.184.215.14'
const publicV6 = '2001:4860:4860::8888'

/** A server on this machine that nothing may reach, and the number of those that did. */
let canary: Server
let canaryPort = 0
let hits = 0

beforeAll(async () => {
  Object.assign(process.env, { SECRET_KEY: testSecret, NODE_ENV: 'test', LOG_LEVEL: 'silent' })
  forgetEnvironment()
  canary = createServer((_request, answer) => {
    hits += 1
    answer.end('the canary')
  })
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done))
  canaryPort = portOf(canary)
})
beforeEach(() => {
  hits = 0
})
afterAll(async () => {
  await new Promise((done) => canary.close(done))
})

/** The real way to connect, with names that lead where the test says, and the canary's port as good as 80. */
const network = (addresses: readonly string[]): Network => ({
  addressesOf: () => Promise.resolve(addresses),
  dial: (address, port) => connect({ host: address, port }),
  ports: [canaryPort],
})

test('the canary sings when it is reached: the test below could fail', async () => {
  const open = connect({ host: '127.0.0.1', port: canaryPort })
  open.end('GET / HTTP/1.0\r\n\r\n')
  await new Promise((done) => open.once('close', done).resume())
  expect(hits).toBe(1)
})

describe('nothing on this machine or in its network is reached', () => {
  const p = 'PORT'
  const cases: [string, FetchFault, string[]?][] = [
    // not an address, or not of the web
    ['', 'not-a-url'],
    ['studio.example', 'not-a-url'],
    ['//studio.example/', 'not-a-url'],
    ['http://', 'not-a-url'],
    ['https://[::1', 'not-a-url'],
    ['https://256.256.256.256/', 'not-a-url'],
    ['https://a b.example/', 'not-a-url'],
    [`https://studio.example/${'x'.repeat(2_000)}`, 'not-a-url'],
    ['ftp://studio.example/', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['gopher://127.0.0.1:PORT/_GET', 'not-https'],
    ['data:text/plain,hello', 'not-https'],
    ['javascript:alert(1)', 'not-https'],
    ['ws://studio.example/', 'not-https'],
    ['unix:/var/run/docker.sock', 'not-https'],
    // somebody's name before the real one
    ['https://user@studio.example/', 'user-info'],
    ['https://user:word@studio.example/', 'user-info'],
    ['https://@studio.example/', 'user-info'],
    ['https://:@studio.example/', 'user-info'],
    [`http://studio.example@127.0.0.1:${p}/`, 'user-info'],
    [`http://studio.example:80@127.0.0.1:${p}/`, 'user-info'],
    // odd ports
    ['https://studio.example:22/', 'odd-port'],
    ['https://studio.example:8443/', 'odd-port'],
    ['http://studio.example:443/', 'odd-port'],
    ['http://studio.example:25/', 'odd-port'],
    // numbers, in every spelling that a URL allows
    [`http://127.0.0.1:${p}/`, 'no-name'],
    [`http://127.1:${p}/`, 'no-name'],
    [`http://127.0.1:${p}/`, 'no-name'],
    [`http://2130706433:${p}/`, 'no-name'],
    [`http://0x7f000001:${p}/`, 'no-name'],
    [`http://0x7f.0.0.1:${p}/`, 'no-name'],
    [`http://0177.0.0.1:${p}/`, 'no-name'],
    [`http://017700000001:${p}/`, 'no-name'],
    [`http://0:${p}/`, 'no-name'],
    [`http://0.0.0.0:${p}/`, 'no-name'],
    [`http://①②⑦.⓪.⓪.①:${p}/`, 'no-name'],
    [`http://127。0。0。1:${p}/`, 'no-name'],
    [`http://%31%32%37.0.0.1:${p}/`, 'no-name'],
    [`http://[::1]:${p}/`, 'no-name'],
    [`http://[::]:${p}/`, 'no-name'],
    [`http://[::ffff:127.0.0.1]:${p}/`, 'no-name'],
    [`http://[::ffff:7f00:1]:${p}/`, 'no-name'],
    [`http://[64:ff9b::7f00:1]:${p}/`, 'no-name'],
    ['http://169.254.169.254/latest/meta-data/', 'no-name'],
    ['https://[fd00:ec2::254]/', 'no-name'],
    ['https://8.8.8.8/', 'no-name'],
    // names that are none of the internet
    [`http://localhost:${p}/`, 'no-name'],
    [`http://LOCALHOST:${p}/`, 'no-name'],
    [`http://localhost.:${p}/`, 'no-name'],
    [`http://studio.example.:${p}/`, 'no-name'],
    ['https://intranet/', 'no-name'],
    ['https://-studio.example/', 'no-name'],
    ['https://_caveat.example/', 'no-name'],
    [`https://${'a'.repeat(64)}.example/`, 'no-name'],
    ['https://studio.123/', 'not-a-url'],
    // names that lead inside
    ['https://nowhere.example/', 'no-address', []],
    [`http://studio.example:${p}/`, 'not-public', ['127.0.0.1']],
    [`http://studio.example:${p}/`, 'not-public', ['::1']],
    [`http://studio.example:${p}/`, 'not-public', ['::ffff:127.0.0.1']],
    [`http://studio.example:${p}/`, 'not-public', ['0.0.0.0']],
    [`http://studio.example:${p}/`, 'not-public', ['127.0.0.53']],
    [`http://studio.example:${p}/`, 'not-public', [publicV4, '127.0.0.1']],
    [`http://studio.example:${p}/`, 'not-public', ['127.0.0.1', publicV4]],
    [`http://studio.example:${p}/`, 'not-public', [publicV4, publicV6, '::1']],
    ['https://studio.example/', 'not-public', ['10.0.0.1']],
    ['https://studio.example/', 'not-public', ['192.168.1.1']],
    ['https://studio.example/', 'not-public', ['172.16.0.1']],
    ['https://studio.example/', 'not-public', ['100.64.0.1']],
    ['https://studio.example/', 'not-public', ['169.254.169.254']],
    ['https://studio.example/', 'not-public', ['168.63.129.16']],
    ['https://studio.example/', 'not-public', ['fd00::1']],
    ['https://studio.example/', 'not-public', ['fe80::1']],
    ['https://studio.example/', 'not-public', ['ff02::1']],
    ['https://studio.example/', 'not-public', ['224.0.0.1']],
    ['https://studio.example/', 'not-public', ['64:ff9b::7f00:1']],
    ['https://studio.example/', 'not-public', ['2002:7f00:1::']],
  ]

  test(`${cases.length} addresses, and no hit`, async () => {
    expect(cases.length).toBeGreaterThanOrEqual(60)
    for (const [text, because, addresses] of cases) {
      const url = text.replace(p, String(canaryPort))
      // A numeric name leads where it says, for whoever would ask.
      const answer = await safeFetch(url, network(addresses ?? ['127.0.0.1']))
      expect({ url, answer }).toEqual({ url, answer: { fetched: false, because } })
    }
    expect(hits).toBe(0)
  })

  test('in production nothing is fetched without https', async () => {
    Object.assign(process.env, { NODE_ENV: 'production', MAIL_URL: 'smtp://127.0.0.1:25' })
    forgetEnvironment()
    expect(await safeFetch('http://studio.example/', network([publicV4]))).toEqual({
      fetched: false,
      because: 'not-https',
    })
    Object.assign(process.env, { NODE_ENV: 'test' })
    forgetEnvironment()
  })
})

describe('the connection goes to the very address that was checked', () => {
  const url = 'https://studio.example/.well-known/caveat.txt'

  test('a resolver that answers differently the second time is asked once', async () => {
    await withSite(
      (_request, response) => response.end('caveat=token'),
      async (site, dialled) => {
        const answers = [[publicV4], ['127.0.0.1'], ['127.0.0.1']]
        let asked = 0
        const flipping = { ...site, addressesOf: () => Promise.resolve(answers[asked++] ?? ['127.0.0.1']) }
        expect(await safeFetch(url, flipping)).toEqual({ fetched: true, text: 'caveat=token' })
        expect({ asked, dialled }).toEqual({ asked: 1, dialled: [`${publicV4}:443`] })
        expect(await safeFetch(url, flipping)).toEqual({ fetched: false, because: 'not-public' })
        expect(dialled).toHaveLength(1)
      },
    )
  })

  test('the name on the certificate must be the one that was asked for', async () => {
    await withSite(
      (_request, response) => response.end('caveat=token'),
      async (site) => {
        expect(await safeFetch('https://other.example/', site)).toEqual({ fetched: false, because: 'unreachable' })
        const { ca: _, ...untrusted } = site
        expect(await safeFetch(url, untrusted)).toEqual({ fetched: false, because: 'unreachable' })
      },
    )
  })

  test.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async (status) => {
    await withSite(
      (_request, response) => {
        response.writeHead(status, { location: `http://127.0.0.1:${canaryPort}/` })
        response.end()
      },
      async (site, dialled) => {
        expect(await safeFetch(url, site)).toEqual({ fetched: false, because: 'redirected' })
        expect(dialled).toHaveLength(1)
      },
    )
    expect(hits).toBe(0)
  })

  test('64 kB are read and not one byte more, whatever length is promised', async () => {
    await withSite(
      (_request, response) => response.end('x'.repeat(64 * 1024)),
      async (site) => expect(await safeFetch(url, site)).toMatchObject({ fetched: true }),
    )
    await withSite(
      (_request, response) => {
        const pour = (): void => {
          while (response.write('x'.repeat(16_384)));
          response.once('drain', pour)
        }
        pour()
      },
      async (site) => expect(await safeFetch(url, site)).toEqual({ fetched: false, because: 'too-large' }),
    )
  })

  test('what is not there was not found', async () => {
    await withSite(
      (_request, response) => {
        response.writeHead(404)
        response.end('caveat=token')
      },
      async (site) => expect(await safeFetch(url, site)).toEqual({ fetched: false, because: 'not-found' }),
    )
  })
})
