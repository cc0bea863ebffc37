import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { linkToken } from '#app/platform/db.server.ts'
import type { APIRequestContext, Browser } from '@playwright/test'
import { openNarrowAssociation } from './support/actors.ts'
import { sendMailsAgain } from './support/canary-mails.ts'
import { plantCanaries, secretsOfAll, type Canary } from './support/canaries.ts'
import { crawl, textOf, type Crawled } from './support/crawl.ts'
import { newestMail, readMailbox, type ReceivedMail } from './support/mailbox.ts'
import { expect, newPerson, signIn, sql, test, type DemoPerson } from './support/portal.ts'
import { routePatterns } from './support/routes.ts'
import { portalOfItsOwn } from './support/start-portal.ts'
import { findTargets } from './support/targets.ts'

let canaries: readonly Canary[] = []
let addresses: readonly string[] = []
let studioId = ''
let sentAgain: string[] = []
let before = 0
let ended: () => Promise<void> = async () => undefined

test.beforeAll(async () => {
  test.setTimeout(180_000)
  // What is planted here breaks hashes and names: no other story shares this portal.
  ended = await portalOfItsOwn('info')
  const targets = await findTargets('own')
  addresses = routePatterns()
    // Signing out would end the crawl.
    .filter((pattern) => pattern !== '/sign-out' && !pattern.startsWith('/dev/'))
    .map((pattern) =>
      pattern
        .replace('/*', '/no-such-page')
        .replaceAll(/:(\w+)/g, (_, name: string) => targets.parameter(pattern, name)),
    )
  studioId = targets.studioId
  const mailedBefore = await linksByAddress()
  canaries = [...(await plantCanaries(studioId)), ...(await secretsOfAll()), ...(await sealsOfLinks(mailedBefore))]
  before = newestMail()
  sentAgain = await sendMailsAgain(studioId)
})
test.afterAll(() => ended())

/** To whom each link to a notice was mailed, by its id. */
async function linksByAddress(): Promise<ReadonlyMap<string, string>> {
  const links = await sql<{ id: string; address: string }>('select id, address from notice_link')
  return new Map(links.map(({ id, address }) => [id, address]))
}

/**
 * What opens each link to a notice: for whom it is mailed to alone. A mail may have left before the address was planted, such
 * as the summary of a Monday.
 */
async function sealsOfLinks(mailedBefore: ReadonlyMap<string, string>): Promise<Canary[]> {
  process.env['DATA_DIR'] = process.env['CAVEAT_DATA'] ?? ''
  const links = await linksByAddress()
  return [...links].map(([id, address]) => ({
    column: 'notice_link token',
    word: linkToken(id).slice(-22),
    whose: 'never',
    readers: [address, mailedBefore.get(id) ?? address],
  }))
}

/** What somebody was shown that is not theirs to see: where, and from which column. */
function shown({ pages }: Crawled, allowed: (canary: Canary) => boolean): string[] {
  const forbidden = canaries.filter((canary) => !allowed(canary))
  return pages.flatMap(({ address, text }) =>
    forbidden.filter(({ word }) => text.includes(word)).map(({ column }) => `${column} at ${address}`),
  )
}

// Those that the demo's own course sends about the studio's notices.
const mailsOfTheDemo = [
  'notice-served',
  'notice-sent',
  'notice-acknowledged',
  'acknowledgement-receipt',
  'outcomes-recorded',
] as const

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

for (const who of ['press', 'vendor'] as const)
  test(`${who} is shown nothing of the studio’s own`, async ({ browser }) => {
    const crawled = await crawl(await signedIn(browser, who), addresses)
    expect(crawled.pages.length).toBeGreaterThan(40)
    // Where its own contact's link was mailed to is the vendor's to know.
    expect(shown(crawled, ({ column }) => who === 'vendor' && column === 'notice_link.address')).toEqual([])
  })

test('an association is shown what its mandate covers, and never drafts, notes or any other notice', async ({
  playwright,
}) => {
  const [vendor] = await sql<{ id: string }>(
    `select v.id from vendor v join notice n on n.vendor_id = v.id where n.holder_organisation_id = $1 and n.stage = 'closed' limit 1`,
    [studioId],
  )
  const notices = await sql<{ reference: string; covered: boolean }>(
    'select reference, vendor_id = $2::uuid as covered from notice where holder_organisation_id = $1 and begun_at is not null',
    [studioId, vendor?.id],
  )
  const request = await playwright.request.newContext({
    baseURL: process.env['CAVEAT_URL'] ?? '',
    extraHTTPHeaders: { cookie: await openNarrowAssociation(studioId, [vendor?.id ?? '']) },
  })
  const crawled = await crawl(request, ['/association/notices', '/association/matrix', ...addresses])
  expect(shown(crawled, () => false)).toEqual([])
  // A page that was asked for by a reference may say which one it does not know.
  const tellers = (reference: string) =>
    crawled.pages.filter(({ address, text }) => !address.includes(reference) && text.includes(reference))
  for (const { reference, covered } of notices)
    if (covered) expect(tellers(reference), reference).not.toHaveLength(0)
    else expect(tellers(reference).map(({ address }) => address)).toEqual([])
  await request.dispose()
})

test('an operator is shown nothing of the studio’s own but what is the operator’s to run', async ({ browser }) => {
  const crawled = await crawl(await signedIn(browser, 'operator'), addresses)
  expect(shown(crawled, ({ whose }) => whose === 'run')).toEqual([])
})

test('nobody, and the bearer of a link, are shown nothing of the studio’s own', async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: process.env['CAVEAT_URL'] ?? '' })
  expect(shown(await crawl(request, addresses), () => false)).toEqual([])
  const [collective] = await sql<{ id: string }>('select id from collective_link order by id limit 1')
  process.env['DATA_DIR'] = process.env['CAVEAT_DATA'] ?? ''
  expect((await request.get(`/c/${linkToken(collective?.id ?? '')}`)).status()).toBe(200)
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
    // The address that it was mailed to is the bearer's own, and so is what opened it.
    const own = ({ column, word }: Canary) => column === 'notice_link.address' || token.endsWith(word)
    expect(shown(crawled, own)).toEqual([])
    // No page tells another site where its reader came from.
    expect(crawled.pages.filter(({ text }) => !/"referrer-policy":"(?:same-origin|no-referrer)"/.test(text))).toEqual(
      [],
    )
  }
  await request.dispose()
})

test('no mail tells anybody else what is the studio’s own, whatever was planted before it was composed', async () => {
  expect(sentAgain).toEqual(expect.arrayContaining([...mailsOfTheDemo]))
  const mails = await readMailbox()
  expect(mails.filter(({ number }) => number > before).length).toBeGreaterThan(20)
  const told: string[] = []
  for (const mail of mails) {
    const { to, subject } = mail
    const parts = await partsOf(mail)
    for (const { word, readers, column } of canaries)
      if (
        !to.every((address) => readers.includes(address) || address.startsWith(word)) &&
        parts.some((part) => part.includes(word))
      )
        told.push(`${column} to ${to.join()}: ${subject}`)
  }
  expect(told).toEqual([])
})

/** Everything that a mail says, its letters and other files too. */
async function partsOf({ text, html, subject, raw, email }: ReceivedMail): Promise<string[]> {
  const files = email.attachments.map(({ content, mimeType }) =>
    textOf(typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content)), mimeType),
  )
  return [text, html, subject, raw.toString('latin1'), ...(await Promise.all(files))]
}

// The last of all: every request of the crawls stands in the log.
test('no line of the log names a person, an address, a title, a token or anything that was planted', async () => {
  const lines = readFileSync(join(dirname(process.env['CAVEAT_DATA'] ?? ''), 'log'), 'utf8').split('\n')
  const log = lines.filter((line) => line.startsWith('{'))
  expect(log.filter((line) => line.includes('"path"')).length).toBeGreaterThan(300)
  const told = await sql<{ word: string; what: string }>(
    `select email as word, 'the address of a person' as what from person union select name, 'the name of a person' from person where length(name) > 6
     union select address, 'the address of a contact' from vendor_contact where address is not null
     union select address, 'the address of a link' from notice_link union select to_address, 'an address of a mail' from outgoing_mail
     union select verify_code, 'the code of a notice' from notice
     union select title, 'the title of a work' from (select title from work where length(title) > 10 order by work_id limit 300) w`,
  )
  const forbidden = [...told, ...canaries.map(({ word, column }) => ({ word, what: column }))]
  const found = log.flatMap((line) =>
    forbidden.filter(({ word }) => line.includes(word)).map(({ what }) => `${what}: ${line.slice(0, 300)}`),
  )
  expect(found.slice(0, 20)).toEqual([])
})
