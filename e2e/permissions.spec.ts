import type { APIResponse } from '@playwright/test'
import { actorLetters, openActors, type Actor } from './support/actors.ts'
import { askOnce } from './support/route-matrix.ts'
import { ruleOf, rules, takesForms } from './support/route-rules.ts'
import { routePatterns } from './support/routes.ts'
import { expect, signIn, sql, test } from './support/portal.ts'
import { portalOfItsOwn } from './support/start-portal.ts'
import { findTargets, fingerprintOf, type Targets } from './support/targets.ts'
import { addressOf, walkMatrix, wordsTold } from './support/walk-matrix.ts'

const patterns = routePatterns()
const origin = (): string => process.env['CAVEAT_URL'] ?? ''
let targets: Targets
let actors: readonly Actor[] = []
let ended: () => Promise<void> = async () => undefined

test.beforeAll(async () => {
  test.setTimeout(180_000)
  // The studio's own members send every form here: no other story shares this portal.
  ended = await portalOfItsOwn()
  targets = await findTargets('own')
  actors = await openActors()
})
test.afterAll(() => ended())

/** The address of a pattern with the studio's own objects in it. */
const asked = (pattern: string): string => addressOf(pattern, 'n', targets)

/** The studio's secrets that stand in an answer. */
async function canariesIn(response: APIResponse): Promise<string[]> {
  const said = `${JSON.stringify(response.headers())}\n${await response.text()}`
  return wordsTold(said, { targets, address: new URL(response.url()).pathname, form: {} })
}

test('every address of the portal stands in this table, and whoever has a right to it is named', () => {
  expect(patterns.filter((pattern) => rules[pattern] === undefined)).toEqual([])
  expect(Object.keys(rules).filter((pattern) => !patterns.includes(pattern))).toEqual([])
  // Else the walk would ask for something that nobody has.
  const nobodys = patterns.filter((each) => /^(?:nothing|link) \| [^|]*\b(?:200|on)\b/.exec(rules[each] ?? '') === null)
  expect(nobodys.filter((each) => ['nothing', 'link'].includes(ruleOf(each)))).toEqual([])
})

test('the link of one notice opens no other', async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: origin() })
  for (const pattern of patterns.filter((each) => ruleOf(each) === 'link')) {
    const own = await request.get(asked(pattern.replace(':token', targets.otherToken)), { maxRedirects: 0 })
    // What belongs to another notice is no more there than what nobody has.
    expect.soft(own.status(), pattern).toBe(/:sheetId|evidence|questions|messages/u.test(pattern) ? 404 : 200)
    expect.soft(await canariesIn(own), pattern).toEqual([])
    for (const forged of [
      targets.otherToken.slice(0, -1),
      `${targets.otherToken.slice(0, -1)}_`,
      targets.forgedToken,
    ]) {
      const answer = await request.get(asked(pattern.replace(':token', forged)), { maxRedirects: 0 })
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
      const answer = await page.request.post(asked(pattern), {
        form: targets.forms[0] ?? {},
        headers,
        maxRedirects: 0,
      })
      // Mail programs post there for their users (RFC 8058); a token that is not ours opens nothing.
      const expected = pattern === '/unsubscribe/:token' ? 404 : 403
      expect.soft(answer.status(), `${pattern} ${JSON.stringify(headers)}`).toBe(expected)
    }
  }
  expect(await fingerprintOf(targets)).toEqual(before)
})

test('what strangers send, whatever it names and asks for, tells them nothing of the studio and changes nothing', async () => {
  test.setTimeout(600_000)
  const before = await fingerprintOf(targets)
  const strangers = actors.filter(({ letter }) => ['h', 'x', 'a'].includes(letter))
  const acts = targets.forms.slice(1)
  for (const [place, pattern] of patterns.filter((each) => takesForms(each) && each !== '/sign-out').entries())
    for (const [turn, stranger] of strangers.entries())
      // Each sends every third form to an address, in turn.
      for (const form of acts.filter((_, index) => (index + place + turn) % 3 === 0)) {
        const address = asked(pattern)
        const { answer, said } = await askOnce(stranger, { ask: 'POST ids', address, form })
        expect.soft({ pattern, told: wordsTold(said, { targets, address, form }) }).toEqual({ pattern, told: [] })
        expect.soft(Number(answer) >= 500, `${pattern} ${answer}`).toBe(false)
      }
  expect(await fingerprintOf(targets)).toEqual(before)
})

test('what a loader read is nobody’s to ask for: pages are documents', async ({ page }) => {
  await signIn(page, 'studio')
  for (const pattern of patterns) {
    const address = `${pattern === '/' ? '/_root' : asked(pattern)}.data`
    const answer = await page.request.get(address, { maxRedirects: 0 })
    expect.soft(answer.status(), address).toBe(404)
  }
})

test('every address answers each actor as its line says, to a GET and to forms, and strangers learn and change nothing', async () => {
  test.setTimeout(900_000)
  // Whether the letters of the table are the actors.
  expect(actors.map(({ letter }) => letter)).toEqual([...actorLetters])
  const before = await fingerprintOf(targets)
  // Everybody here comes from one network address.
  await sql('delete from caveat_auth.rate_limit')
  const { lines, told } = await walkMatrix(patterns, {
    actors,
    targets,
    between: async () =>
      expect(await fingerprintOf(targets)).toEqual({ ...before, evidence_access: expect.any(String) }),
  })
  expect(told).toEqual([])
  // A line that is new or changed is judged, word by word, before it is written down.
  const found = patterns.map((pattern) => `${pattern}: ${ruleOf(pattern)} | ${lines.get(pattern)}`)
  expect(found).toEqual(patterns.map((pattern) => `${pattern}: ${rules[pattern]}`))
})
