import type { APIRequestContext, APIResponse, Browser } from '@playwright/test'
import { findTargets, fingerprintOf, type Targets } from './support/targets.ts'
import { routePatterns } from './support/routes.ts'
import { becomeStranger } from './support/strangers.ts'
import { expect, newPerson, signIn, test } from './support/portal.ts'

/**
 * What each address is to somebody who has nothing to do with its object:
 * `open` shows the same to everybody, `own` shows the asker's own things after signing in, `nothing` is another's and
 * does not exist for the asker, `link` knows only its bearer's notice.
 */
type Rule = 'open' | 'own' | 'nothing' | 'link'

const rules: Record<string, Rule> = {
  '/': 'open',
  '/*': 'open',
  '/sign-in': 'open',
  '/sign-in/code': 'open',
  '/sign-in/passkey': 'open',
  '/sign-in/passkey/options': 'open',
  '/not-me': 'open',
  '/sign-up': 'open',
  '/sign-out': 'own',
  '/forgot-password': 'open',
  '/reset-password': 'open',
  '/confirm-address': 'open',
  '/unsubscribe/:token': 'open',
  '/invitations/:token': 'open',
  '/welcome': 'own',
  '/language': 'open',
  '/organisation': 'own',
  '/verify': 'open',
  '/healthz': 'open',
  '/readyz': 'open',
  '/metrics': 'open',
  '/dev/mailbox': 'open',
  '/dev/mailbox/:name': 'open',
  '/dev/mailbox/:name/html': 'open',
  '/dev/floor': 'open',
  '/n/:token': 'link',
  '/n/:token/works.csv': 'link',
  '/n/:token/locations.csv': 'link',
  '/n/:token/letter': 'link',
  '/n/:token/letter.pdf': 'link',
  '/n/:token/evidence/:id': 'link',
  '/n/:token/evidence/:id/file': 'link',
  '/n/:token/evidence/:id/view': 'link',
  '/home': 'own',
  '/keyboard': 'own',
  '/inbox': 'own',
  '/notices': 'own',
  '/notices/new': 'own',
  '/filings/:draftId/kind': 'nothing',
  '/filings/:draftId/vendors': 'nothing',
  '/filings': 'own',
  '/filings/:draftId/scope': 'nothing',
  '/filings/:draftId/works': 'nothing',
  '/filings/:draftId/basis': 'nothing',
  '/filings/:draftId/check': 'nothing',
  '/filings/:draftId/evidence': 'nothing',
  '/filings/:draftId/discard': 'nothing',
  '/filings/:reference': 'nothing',
  '/approvals': 'own',
  '/approvals/:reference': 'nothing',
  '/notices/:reference': 'nothing',
  '/notices/:reference/answer': 'nothing',
  '/notices/:reference/decide': 'nothing',
  '/notices/:reference/ask': 'nothing',
  '/notices/:reference/questions/:number': 'nothing',
  '/notices/:reference/extend': 'nothing',
  '/notices/:reference/challenge': 'nothing',
  '/notices/:reference/supersede': 'nothing',
  '/notices/:reference/escalate': 'nothing',
  '/notices/:reference/withdraw': 'nothing',
  '/notices/:reference/letter': 'nothing',
  '/notices/:reference/letter.pdf': 'nothing',
  '/notices/:reference/evidence': 'nothing',
  '/notices/:reference/write': 'nothing',
  '/notices/:reference/matrix.csv': 'nothing',
  '/notices/:reference/annex.csv': 'nothing',
  '/notices/:reference/locations.csv': 'nothing',
  '/mails/:id.eml': 'nothing',
  '/mails/:id/retry': 'nothing',
  '/inbound/:id.eml': 'nothing',
  '/messages/:id/files/:position': 'nothing',
  '/catalogues': 'own',
  '/catalogues/new': 'own',
  '/catalogues/:id': 'nothing',
  '/catalogues/:id/import': 'nothing',
  '/catalogues/:id/import/:importId/progress': 'nothing',
  '/catalogues/:id/import/:importId/rejected.csv': 'nothing',
  '/catalogues/:id/import/:importId/remarks.csv': 'nothing',
  '/catalogues/:id/works/new': 'nothing',
  '/catalogues/:id/works/:workId/edit': 'nothing',
  '/catalogues/:id/works/:workId': 'nothing',
  '/catalogues/:id/import/:importId': 'nothing',
  '/evidence': 'own',
  '/evidence/uploads': 'own',
  '/evidence/uploads/:uploadId': 'nothing',
  '/evidence/:id': 'nothing',
  '/evidence/:id/capture': 'nothing',
  '/evidence/:id/redaction': 'nothing',
  '/evidence/:id/file': 'nothing',
  '/evidence/:id/view': 'nothing',
  '/vendors': 'own',
  '/vendors/:slug': 'own',
  '/vendors/:slug/fix-contact': 'own',
  '/team': 'own',
  '/team/:personId/remove': 'nothing',
  '/settings': 'own',
  '/settings/sign-in': 'own',
  '/settings/second-factor': 'own',
  '/settings/recovery-codes': 'own',
  '/settings/recovery-codes/codes.txt': 'own',
  '/settings/passkeys': 'own',
  '/settings/passkeys/options': 'own',
  '/settings/members': 'own',
  '/settings/domain': 'own',
  '/directory-entry': 'own',
  '/vendors/:slug/correct': 'own',
  '/operator/corrections': 'nothing',
  '/settings/organisation': 'own',
  '/settings/sending': 'own',
  '/settings/notifications': 'own',
  '/settings/four-eyes': 'own',
  '/operator/organisations': 'nothing',
  '/operator/organisations/:slug': 'nothing',
  '/operator/directory': 'nothing',
  '/operator/directory/:slug': 'nothing',
  '/operator/directory/:slug/contacts/:contactId': 'nothing',
  '/operator/mail': 'nothing',
  '/operator/replies': 'nothing',
  '/operator/jobs': 'nothing',
}

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
): Promise<{ page: APIResponse; told: string[]; worst: number }> {
  const page = await request.get(address, { maxRedirects: 0 })
  const raw = await request.get(`${address === '/' ? '/_root' : address}.data`, { maxRedirects: 0 })
  const told = [...(await canariesIn(page)), ...(await canariesIn(raw))]
  let worst = Math.max(page.status(), raw.status())
  for (const form of targets.forms) {
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
    for (const pattern of patterns) {
      // Signing out ends the walk; everything else is tried.
      if (pattern === '/sign-out') continue
      const { page, told, worst } = await askEveryWay(request, addressOf(pattern))
      expect.soft({ pattern, told }).toEqual({ pattern, told: [] })
      expect.soft(worst, pattern).toBeLessThan(500)
      if (rules[pattern] === 'nothing') expect.soft(page.status(), pattern).toBe(404)
    }
    expect(await fingerprintOf(targets)).toEqual(before)
  })
}

// Files that there are only when rows were rejected or remarked on.
const sometimes = new Set([
  '/catalogues/:id/import/:importId/rejected.csv',
  '/catalogues/:id/import/:importId/remarks.csv',
])

test('what does not exist for strangers exists for those whose it is', async ({ browser }) => {
  const people = {
    studio: await newPerson(browser),
    vendor: await newPerson(browser),
    operator: await newPerson(browser),
  }
  await signIn(people.studio, 'studio')
  await signIn(people.vendor, 'vendor')
  await signIn(people.operator, 'operator')
  for (const pattern of patterns.filter((each) => rules[each] === 'nothing' && !sometimes.has(each))) {
    const forVendor = pattern.endsWith('/answer') || pattern.endsWith('/decide') || pattern.endsWith('/ask')
    const whose = pattern.startsWith('/operator') ? 'operator' : forVendor ? 'vendor' : 'studio'
    const answer = await people[whose].request.get(addressOf(pattern), { maxRedirects: 0 })
    // A finished step may send on to the next one; a 404 would mean that the walk above asks for nothing.
    expect.soft(answer.status(), `${pattern} ${addressOf(pattern)}`).toBeLessThan(400)
  }
})

function linkedBy(token: string, pattern: string): string {
  return addressOf(pattern.replace(':token', token))
}

test('the link of one notice opens no other', async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: origin() })
  for (const pattern of patterns.filter((each) => rules[each] === 'link')) {
    const own = await request.get(linkedBy(targets.otherToken, pattern), { maxRedirects: 0 })
    expect.soft(own.status(), pattern).toBe(200)
    expect.soft(await canariesIn(own), pattern).toEqual([])
    for (const forged of [
      targets.otherToken.slice(0, -1),
      `${targets.otherToken.slice(0, -1)}_`,
      targets.forgedToken,
    ]) {
      const answer = await request.get(linkedBy(forged, pattern), { maxRedirects: 0 })
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
      expect.soft(answer.status(), `${pattern} ${JSON.stringify(headers)}`).toBe(403)
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
  if (who === 'an association') await signIn(page, 'association')
  if (who === 'another vendor') await becomeStranger(page)
  return page.request
}
