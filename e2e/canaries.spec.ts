import { linkToken } from '#app/platform/db.server.ts'
import type { APIRequestContext, Browser } from '@playwright/test'
import { plantCanaries, secretsOfAll, type Canary } from './support/canaries.ts'
import { crawl, type Crawled } from './support/crawl.ts'
import { readMailbox } from './support/mailbox.ts'
import { expect, newPerson, signIn, sql, test, type DemoPerson } from './support/portal.ts'
import { routePatterns } from './support/routes.ts'
import { portalOfItsOwn } from './support/start-portal.ts'
import { findTargets } from './support/targets.ts'

let canaries: readonly Canary[] = []
let addresses: readonly string[] = []
let ended: () => Promise<void> = async () => undefined

test.beforeAll(async () => {
  test.setTimeout(180_000)
  // What is planted here breaks hashes and names: no other story shares this portal.
  ended = await portalOfItsOwn()
  const targets = await findTargets()
  addresses = routePatterns()
    // Signing out would end the crawl.
    .filter((pattern) => pattern !== '/sign-out' && !pattern.startsWith('/dev/'))
    .map((pattern) =>
      pattern
        .replace('/*', '/no-such-page')
        .replaceAll(/:(\w+)/g, (_, name: string) => targets.parameter(pattern, name)),
    )
  canaries = [...(await plantCanaries(targets.studioId)), ...(await secretsOfAll())]
})
test.afterAll(() => ended())

/** What somebody was shown that is not theirs to see: where, and from which column. */
function shown({ pages }: Crawled, allowed: (canary: Canary) => boolean): string[] {
  const forbidden = canaries.filter((canary) => !allowed(canary))
  return pages.flatMap(({ address, text }) =>
    forbidden.filter(({ word }) => text.includes(word)).map(({ column }) => `${column} at ${address}`),
  )
}

async function signedIn(browser: Browser, who: DemoPerson): Promise<APIRequestContext> {
  const page = await newPerson(browser)
  await signIn(page, who)
  return page.request
}

test('there is something planted in every column that may be told to nobody else', () => {
  const planted = new Set(canaries.map(({ column }) => column))
  expect([...planted].toSorted()).toEqual(
    expect.arrayContaining(['notice_private.matter_number', 'filing_private.returned_note']),
  )
  expect(planted.size).toBeGreaterThan(15)
})

test('the holder’s own pages show what was planted: else nobody would be shown it', async ({ browser }) => {
  const crawled = await crawl(await signedIn(browser, 'studio'), addresses)
  const found = new Set(shown(crawled, () => false).map((line) => line.split(' at ')[0]))
  for (const column of ['notice_private.matter_number', 'filing_draft.content', 'evidence.name', 'event_person.facts'])
    expect.soft([...found], column).toContain(column)
  expect(shown(crawled, ({ whose }) => whose !== 'never')).toEqual([])
})

// What an association sees of a member, its mandate says: that is asked where mandates are.
for (const who of ['press', 'vendor'] as const)
  test(`${who} is shown nothing of the studio’s own`, async ({ browser }) => {
    const crawled = await crawl(await signedIn(browser, who), addresses)
    expect(crawled.pages.length).toBeGreaterThan(40)
    expect(shown(crawled, () => false)).toEqual([])
  })

test('an operator is shown nothing of the studio’s own but what is the operator’s to run', async ({ browser }) => {
  const crawled = await crawl(await signedIn(browser, 'operator'), addresses)
  expect(shown(crawled, ({ whose }) => whose === 'run')).toEqual([])
})

test('nobody, and the bearer of a link, are shown nothing of the studio’s own', async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: process.env['CAVEAT_URL'] ?? '' })
  expect(shown(await crawl(request, addresses), () => false)).toEqual([])
  const links = await sql<{ id: string }>(
    `select l.id from notice_link l join notice n on n.id = l.notice_id join organisation o on o.id = n.holder_organisation_id
     join membership m on m.organisation_id = o.id join person p on p.id = m.person_id and p.email like 'studio@%'
     where n.begun_at is not null and l.revoked_at is null order by l.id limit 3`,
  )
  process.env['DATA_DIR'] = process.env['CAVEAT_DATA'] ?? ''
  for (const { id } of links) {
    const token = linkToken(id)
    const paths = routePatterns().filter((pattern) => pattern.startsWith('/n/:token') && !pattern.includes(':id'))
    const crawled = await crawl(
      request,
      paths.map((path) => path.replace(':token', token).replace(':sheetId', 'none')),
    )
    // The address that it was mailed to is the bearer's own.
    expect(shown(crawled, ({ column }) => column === 'notice_link.address')).toEqual([])
  }
  await request.dispose()
})

test('no mail tells anybody else what is the studio’s own', async () => {
  const told = (await readMailbox()).flatMap(({ to, text, html, subject, raw }) =>
    canaries
      .filter(
        ({ word, readers }) =>
          !to.every((address) => readers.includes(address)) &&
          [text, html, subject, raw.toString('latin1')].some((part) => part.includes(word)),
      )
      .map(({ column }) => `${column} to ${to.join()}: ${subject}`),
  )
  expect(told).toEqual([])
})
