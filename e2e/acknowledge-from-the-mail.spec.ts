import type { Page } from '@playwright/test'
import { linkIn, newestMail, type ReceivedMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'
import { northlight, serveNotice } from './support/served.ts'

test.describe.configure({ mode: 'serial' })

let reference = ''
let served: ReceivedMail
let link = ''
let before = 0

/** Everything about a notice that an answer could change. */
async function standing(of: string): Promise<unknown> {
  const [row] = await sql(
    `select n.*, (select count(*) from notice_event e where e.notice_id = n.id) as events,
      (select count(*) from mail_duty d where d.notice_id = n.id) as duties,
      (select count(*) from notice_link l where l.notice_id = n.id and (l.read_only_at is not null or l.revoked_at is not null)) as closed
     from notice n where n.reference = $1`,
    [of],
  )
  return row
}

function openedCount(): Promise<{ count: number }[]> {
  return sql(
    `select count(*)::int from link_access a join notice_link l on l.id = a.link_id join notice n on n.id = l.notice_id where n.reference = $1`,
    [reference],
  )
}

async function fillWho(page: Page, form: string, name = 'Dana Whitfield', role = 'rights operations'): Promise<void> {
  await page.locator(`form#${form}`).getByLabel('Your name').fill(name)
  await page.locator(`form#${form}`).getByLabel('Your role').fill(role)
}

test('a notice is served, and a mail scanner opens every link of it twice: nothing changes but the access log', async ({
  browser,
  request,
}) => {
  before = newestMail()
  reference = await serveNotice(browser)
  served = await waitForMail({ to: northlight.address, subject: reference, after: before })
  link = linkIn(served, '/n/')
  await waitForMail({ to: 'studio@demo.test', subject: reference, after: before })
  const untouched = await standing(reference)

  const links = new Set(
    [...`${served.text} ${served.html.replaceAll('&amp;', '&')}`.matchAll(/https?:\/\/[^\s"<>]+/gu)].map(
      ([url]) => url,
    ),
  )
  const ours = [...links].filter((url) => url.startsWith(process.env['CAVEAT_URL'] ?? ''))
  expect(ours.length).toBeGreaterThanOrEqual(4)
  for (const method of ['HEAD', 'GET', 'GET', 'HEAD']) {
    for (const url of ours) expect((await request.fetch(url, { method })).status(), `${method} ${url}`).toBe(200)
  }
  expect(await standing(reference)).toEqual(untouched)
  const [log] = await openedCount()
  expect(log?.count).toBe(ours.length * 4)
})

test('the mail holds the whole letter, says how its sender is verified, and can be checked by typing', async ({
  browser,
}) => {
  const [letter] = served.email.attachments
  const text = typeof letter?.content === 'string' ? letter.content : new TextDecoder().decode(letter?.content)
  const squeezed = served.text.replaceAll(/\s+/gu, ' ')
  for (const paragraph of text.split(/\n{2,}/u)) expect(squeezed).toContain(paragraph.replaceAll(/\s+/gu, ' ').trim())
  expect(served.email.headers.some(({ key }) => key === 'auto-submitted')).toBe(false)
  // A sealed address of this mail alone.
  expect(served.email.replyTo).toMatchObject([
    { address: expect.stringMatching(/^n-[0-9a-z-]+@reply\.caveat\.test$/u) },
  ])

  const page = await newPerson(browser, { javaScriptEnabled: false })
  await page.goto('/verify')
  const code = /the code ([0-9A-Z-]{9})/u.exec(served.text.replaceAll('\n', ' '))?.[1] ?? ''
  await page.getByLabel('Reference').fill(reference.toLowerCase().replaceAll('-', ' '))
  await page.getByLabel('Code').fill(code)
  await page.locator('main button').click()
  await expect(page.getByRole('status')).toContainText(reference)
  await expect(page.getByText('northlight.test')).toBeVisible()
  const hash = /SHA-256 of the attached \S+: ([0-9a-f]{64})/u.exec(served.text.replaceAll('\n', ' '))?.[1] ?? 'none'
  await expect(page.getByText(hash)).toBeVisible()
  await page.goto(`${link}/letter`)
  await expect(page.getByText(hash)).toBeVisible()
  const csv = await page.request.get(`${link}/works.csv`)
  expect((await csv.text()).trim().split('\n').length).toBeGreaterThan(176)
})

test('the contact confirms receipt without an account and without any script', async ({ browser }) => {
  const page = await newPerson(browser, { javaScriptEnabled: false })
  const response = await page.goto(link)
  expect(await response?.text()).not.toContain('<script')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('to keep 176 works out of AI training')
  await expect(page.getByText('Please acknowledge by')).toBeVisible()

  await test.step('a form that lacks something comes back with what was typed', async () => {
    await page.locator('form#acknowledge').getByLabel('Your name').fill('Dana Whitfield')
    await page.getByRole('button', { name: 'Confirm receipt' }).click()
    await expect(page.getByRole('alert')).toContainText('Enter your role')
    await expect(page.locator('form#acknowledge').getByLabel('Your name')).toHaveValue('Dana Whitfield')
  })
  await fillWho(page, 'acknowledge')
  await page.locator('form#acknowledge').getByLabel('Your reference').fill('NL-2026-1180')
  await page.getByRole('button', { name: 'Confirm receipt' }).click()
  await expect(page.getByRole('status')).toContainText('Your receipt is recorded')
  await expect(page.getByText('We received this')).toHaveCount(0)

  await test.step('a colleague who opens the link sees by whom and when, and no form to confirm again', async () => {
    const colleague = await newPerson(browser)
    await colleague.goto(link)
    await expect(colleague.getByText(/Dana Whitfield acknowledged this notice on .*NL-2026-1180/u)).toBeVisible()
    await expect(colleague.getByRole('button', { name: 'Confirm receipt' })).toHaveCount(0)
    await expectAccessible(colleague)
  })
})

test('both sides are told by mail, and the holder sees it on the notice', async ({ browser }) => {
  const told = await waitForMail({ to: 'studio@demo.test', subject: /acknowledged your notice/u, after: before })
  expect(told.text).toContain('Dana Whitfield, rights operations')
  expect(told.text).toContain('NL-2026-1180')
  expect(told.email.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  const receipt = await waitForMail({ to: northlight.address, subject: /^Receipt: /u, after: before })
  expect(receipt.email.inReplyTo).toBe(served.email.messageId)

  const page = await newPerson(browser)
  await signIn(page, 'studio')
  await page.goto(`/notices/${reference}`)
  await expect(page.getByText('Dana Whitfield').first()).toBeVisible()
  await expect(page.getByText('NL-2026-1180').first()).toBeVisible()
})

test('not our service: a code from the contact’s mailbox, then one act refuses all works', async ({ browser }) => {
  const page = await newPerson(browser, { javaScriptEnabled: false })
  await page.goto(`${link}#not-ours`)
  await page.getByText('This is not our service').click()
  await fillWho(page, 'not-ours')
  const asked = newestMail()
  await page.getByRole('button', { name: 'Mail me the code' }).click()
  await expect(page.getByText('We mailed a code to')).toBeVisible()
  const mail = await waitForMail({ to: northlight.address, subject: /code/iu, after: asked })
  const code = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/mu.exec(mail.text)?.[0] ?? ''
  await page.getByLabel('The code from the mail').fill('0000-0000')
  await page.getByRole('button', { name: /Refuse all 176 works/u }).click()
  await expect(page.getByRole('alert')).toContainText('not the code we mailed')
  await page.getByLabel('The code from the mail').fill(code)
  await page.getByRole('button', { name: /Refuse all 176 works/u }).click()
  await expect(page.getByRole('status')).toContainText('Your decision is recorded')
  expect(await standing(reference)).toMatchObject({ stage: 'decided', outcome: 'none' })
  await waitForMail({ to: 'studio@demo.test', subject: /decided on your notice/u, after: asked })
})

test('a link with one wrong character tells how to get a new one, and nothing about any notice', async ({ page }) => {
  const forged = link.replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A'))
  const response = await page.goto(forged)
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'This link does not open anything' })).toBeVisible()
  await expect(page.getByText('reply to the mail')).toBeVisible()
  expect(await page.content()).not.toContain(reference)
  expect(await page.content()).not.toContain('Hoshizora')
  for (const path of ['/works.csv', '/letter']) expect((await page.request.get(`${forged}${path}`)).status()).toBe(404)
  await expectAccessible(page)
})

test('the page speaks Japanese to who asks for it', async ({ browser }) => {
  const page = await newPerson(browser, { locale: 'ja-JP', javaScriptEnabled: false })
  await page.goto(link)
  await page.getByRole('button', { name: '日本語' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('学習に使用しないよう求めています')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja')
  expect(await page.locator('main').innerText()).not.toMatch(/mails_|undefined/u)
})
