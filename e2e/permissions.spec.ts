import type { APIRequestContext, APIResponse, Browser } from '@playwright/test'
import { findTargets, fingerprintOf, type Targets } from './support/targets.ts'
import { rules } from './support/route-rules.ts'
import { routePatterns } from './support/routes.ts'
import { becomeStranger } from './support/strangers.ts'
import { expect, newPerson, signIn, sql, test } from './support/portal.ts'

const patterns = routePatterns()
const origin = (): string => process.env['CAVEAT_URL'] ?? ''
let targets: Targets

test.beforeAll(async () => {
  targets = await findTargets()
})

test('every address of the portal stands in this table', () => {
  expect(patterns.filter((pattern) => rules[pattern] === undefined)).toEqual([])
  expect(patterns.length).toBeGreaterThan(30)
})

/** The address of a pattern with the studio's own objects in it. */
function addressOf(pattern: string): string {
  return pattern
    .replace('/*', '/no-such-page')
    .replaceAll(/:(\w+)/g, (_, name: string) => targets.parameter(pattern, name))
}

/** The studio's secrets that stand in an answer. */
async function canariesIn(response: APIResponse, sent: Record<string, string> = {}): Promise<string[]> {
  const body = await response.text()
  const said = body + JSON.stringify(response.headers())
  // What the asker sent comes back in forms and redirects and tells them nothing.
  const inAddress = new URL(response.url()).pathname
    .split('/')
    .map((part) => decodeURIComponent(part).replace(/\.data$/, ''))
  const asked = new Set([...inAddress, ...Object.values(sent)])
  return targets.canaries.filter((canary) => said.includes(canary) && !asked.has(canary))
}

/** Every way to ask one address: as a page, as the framework's data, and with each form. */
async function askEveryWay(
  request: APIRequestContext,
  address: string,
  forms = targets.forms,
): Promise<{ page: APIResponse; told: string[]; worst: number }> {
  const page = await request.get(address, { maxRedirects: 0 })
  const raw = await request.get(`${address === '/' ? '/_root' : address}.data`, { maxRedirects: 0 })
  // What a loader read is nobody's to ask for: pages are documents.
  expect.soft(raw.status(), `${address}.data`).toBe(404)
  const told = [...(await canariesIn(page)), ...(await canariesIn(raw))]
  let worst = Math.max(page.status(), raw.status())
  for (const form of forms) {
    const answer = await post(request, address, form)
    told.push(...(await canariesIn(answer, form)))
    worst = Math.max(worst, answer.status())
  }
  // Whoever watches over the portal is told with 503 that a part of it does not answer.
  return { page, told, worst: address === '/readyz' ? 0 : worst }
}

async function post(request: APIRequestContext, path: string, form: Record<string, string>): Promise<APIResponse> {
  return request.post(path, { form, maxRedirects: 0, headers: { origin: origin() } })
}

const leadsToSignIn = (response: APIResponse): boolean =>
  response.status() === 303 && (response.headers()['location'] ?? '').startsWith('/sign-in')

test('nobody finds anything of the studio behind any address', async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: origin() })
  const before = await fingerprintOf(targets)
  for (const pattern of patterns) {
    const rule = rules[pattern]
    const { page, told, worst } = await askEveryWay(request, addressOf(pattern))
    expect.soft({ pattern, told }).toEqual({ pattern, told: [] })
    expect.soft(worst, pattern).toBeLessThan(500)
    if (rule === 'own' || rule === 'nothing')
      expect.soft(leadsToSignIn(page) || page.status() === 404, `${pattern} answers ${page.status()}`).toBe(true)
  }
  expect(await fingerprintOf(targets)).toEqual(before)
  await request.dispose()
})

for (const who of ['another holder', 'another vendor', 'an association'] as const) {
  test(`${who} finds nothing of the studio behind any address, and changes nothing`, async ({ browser }) => {
    test.setTimeout(240_000)
    const request = await signedIn(browser, who)
    const before = await fingerprintOf(targets)
    for (const [place, pattern] of patterns.entries()) {
      // Signing out ends the walk; everything else is tried.
      if (pattern === '/sign-out') continue
      // Another holder sends every form everywhere, the other two every second of them in turn.
      const forms = targets.forms.filter((_, index) => who === 'another holder' || (index + place) % 2 === 0)
      const { page, told, worst } = await askEveryWay(request, addressOf(pattern), forms)
      expect.soft({ pattern, told }).toEqual({ pattern, told: [] })
      expect.soft(worst, pattern).toBeLessThan(500)
      if (rules[pattern] === 'nothing') expect.soft(page.status(), pattern).toBe(404)
    }
    expect(await fingerprintOf(targets)).toEqual(before)
  })
}

// What there is only when rows were rejected or remarked on, notices exported, an archive ordered, a document given, members
// invited by a file, or many filed for at once: the stories of each open theirs.
const sometimes = new Set([
  ...patterns.filter((each) =>
    /^\/(?:association|inbox)\/filings\/|^\/annexes\/|\/document$|invite\/:batchId/.test(each),
  ),
  '/notices/acts/:actId/file',
  '/exports/:id.zip',
  ...['rejected', 'remarks'].map((file) => `/catalogues/:id/import/:importId/${file}.csv`),
])

test('what does not exist for strangers exists for those whose it is', async ({ browser }) => {
  const people = {
    studio: await newPerson(browser),
    association: await newPerson(browser),
    vendor: await newPerson(browser),
    operator: await newPerson(browser),
  }
  await signIn(people.studio, 'studio')
  await signIn(people.association, 'association')
  await signIn(people.vendor, 'vendor')
  await signIn(people.operator, 'operator')
  for (const pattern of patterns.filter((each) => rules[each] === 'nothing' && !sometimes.has(each))) {
    const forVendor = pattern.includes('/answer') || pattern.endsWith('/decide') || pattern.endsWith('/ask')
    const [, first] = pattern.split('/')
    const whose = first === 'operator' || first === 'association' ? first : forVendor ? 'vendor' : 'studio'
    const answer = await people[whose].request.get(addressOf(pattern), { maxRedirects: 0 })
    // A finished step may send on to the next one; a 404 would mean that the walk above asks for nothing.
    expect.soft(answer.status(), `${pattern} ${addressOf(pattern)}`).toBeLessThan(400)
  }
})

test('the link of one notice opens no other', async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: origin() })
  for (const pattern of patterns.filter((each) => rules[each] === 'link')) {
    const own = await request.get(addressOf(pattern.replace(':token', targets.otherToken)), { maxRedirects: 0 })
    // A file that somebody else sent in is no more there than one that nobody sent.
    expect.soft(own.status(), pattern).toBe(/:sheetId|questions|messages/u.test(pattern) ? 404 : 200)
    expect.soft(await canariesIn(own), pattern).toEqual([])
    for (const forged of [
      targets.otherToken.slice(0, -1),
      `${targets.otherToken.slice(0, -1)}_`,
      targets.forgedToken,
    ]) {
      const answer = await request.get(addressOf(pattern.replace(':token', forged)), { maxRedirects: 0 })
      expect.soft(answer.status(), pattern).toBe(404)
      expect.soft(await canariesIn(answer), pattern).toEqual([])
    }
  }
  await request.dispose()
})

test('a request that cannot show that it comes from our pages changes nothing, for a member neither', async ({
  page,
}) => {
  await signIn(page, 'studio')
  const { hostname, port } = new URL(origin())
  const variants: Record<string, string>[] = [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: `http://${hostname}:${Number(port) + 1}` },
    { origin: `http://portal.${hostname}:${port}` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: `https://${hostname}:${port}`, 'sec-fetch-site': 'same-origin' },
  ]
  const before = await fingerprintOf(targets)
  for (const pattern of patterns) {
    for (const headers of variants) {
      const answer = await page.request.post(addressOf(pattern), {
        form: targets.forms[0] ?? {},
        headers,
        maxRedirects: 0,
      })
      // Mail programs post there for their users (RFC 8058); a token that is not ours opens nothing.
      const expected = pattern === '/unsubscribe/:token' ? [400, 404] : [403]
      expect.soft(expected, `${pattern} ${JSON.stringify(headers)}`).toContain(answer.status())
    }
  }
  expect(await fingerprintOf(targets)).toEqual(before)
})

async function signedIn(
  browser: Browser,
  who: 'another holder' | 'another vendor' | 'an association',
): Promise<APIRequestContext> {
  const page = await newPerson(browser)
  if (who === 'another holder') await signIn(page, 'press')
  // That of the demo has the studio's mandate: what it sees is asked where mandates are.
  if (who === 'an association') {
    await becomeStranger(page)
    await sql(`set session_replication_role = replica; update organisation set kind = 'association', verified_at = now()
      where id = (select id from organisation where name = 'Stranger' order by id desc limit 1)`)
  }
  if (who === 'another vendor') await becomeStranger(page)
  return page.request
}
