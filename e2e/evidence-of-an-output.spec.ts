import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { aPicture } from '#test/pictures.ts'
import { linkIn, newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, test } from './support/portal.ts'
import { northlight, serveNotice } from './support/served.ts'

test.describe.configure({ mode: 'serial' })

const stamp = Date.now().toString(36)
const original = { name: `output-${stamp}.png`, mimeType: 'image/png', buffer: aPicture(Date.now() % 200, 64) }
const copy = { name: `output-${stamp}-redacted.png`, mimeType: 'image/png', buffer: aPicture(16, 65) }
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

let reference = ''
let link = ''
let piece = ''
let before = 0

/** A page on which a person is signed in. */
async function pageOf(browser: Parameters<typeof newPerson>[0], options = {}): Promise<Page> {
  const page = await newPerson(browser, options)
  await signIn(page, 'studio')
  return page
}

test('a screenshot is sent in parts with progress, and its hash is shown', async ({ browser }) => {
  before = newestMail()
  reference = await serveNotice(browser)
  const served = await waitForMail({ to: northlight.address, subject: reference, after: before })
  link = linkIn(served, '/n/')

  const page = await pageOf(browser)
  await page.goto('/evidence')
  await expectAccessible(page)
  // The line is down at the first part: the upload waits and goes on.
  let refused = 0
  await page.route('**/evidence/uploads/*', async (route) => {
    if (route.request().method() === 'PATCH' && refused === 0) {
      refused += 1
      return route.abort('connectionfailed')
    }
    return route.continue()
  })
  await page.getByLabel('File', { exact: true }).setInputFiles(original)
  await page.getByRole('button', { name: 'Send and keep' }).click()
  await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/u)
  expect(refused).toBe(1)
  piece = new URL(page.url()).pathname
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(original.name)
  await expect(page.getByText(hashOf(original.buffer)).first()).toBeVisible()
  await expectAccessible(page)
})

test('the capture says what was asked of which model, and marks what is word for word the same', async ({
  browser,
}) => {
  const page = await pageOf(browser)
  await page.goto(`${piece}/capture`)
  await expectAccessible(page)
  await page.getByLabel('Prompt').fill('a girl on a flying broom, hand-drawn')
  await page.getByRole('textbox', { name: 'Model' }).fill('NL-Video 2')
  await page.getByLabel('Taken at').fill('2026-11-06T14:30')
  await page.getByLabel('Address of the output').fill('javascript:alert(1)')
  await page.getByLabel('From the output').fill('She said: the wind has changed tonight and so must we, friend.')
  await page.getByLabel('From the work').fill('“The wind has changed tonight and so must we,” says the cat.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Give an address that begins with http').first()).toBeVisible()
  await expect(page.getByLabel('Prompt')).toHaveValue('a girl on a flying broom, hand-drawn')
  await page.getByLabel('Address of the output').fill('https://outputs.example/1')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('NL-Video 2')).toBeVisible()
  await expect(page.locator('mark')).toHaveText([
    'wind has changed tonight and so must we',
    'wind has changed tonight and so must we',
  ])
  await expectAccessible(page)
})

test('a redacted copy is added without any script and stands beside the original', async ({ browser }) => {
  const page = await pageOf(browser, { javaScriptEnabled: false })
  await page.goto(`${piece}/redaction`)
  await page.getByLabel('Redacted file').setInputFiles(copy)
  await page.getByRole('button', { name: 'Send and keep' }).click()
  await expect(page).toHaveURL(new RegExp(`${piece}#redacted$`, 'u'))
  await expect(page.getByText('this one goes with notices')).toBeVisible()
  await expect(page.getByRole('img')).toHaveCount(3)
})

test('it goes with the notice as the redacted copy; an original would want its tick', async ({ browser }) => {
  const page = await pageOf(browser)
  await page.goto(`/notices/${reference}`)
  await page.getByRole('link', { name: 'Add evidence' }).click()
  await expectAccessible(page)
  const choice = page.getByRole('group', { name: original.name })
  await choice.getByLabel('Vendor reads the original').check()
  await page.getByRole('button', { name: 'Add to the notice' }).click()
  await expect(page.getByText('Tick that you have looked at the originals').first()).toBeVisible()
  await choice.getByLabel('Vendor reads the redacted copy').check()
  await page.getByRole('button', { name: 'Add to the notice' }).click()
  const evidence = page.locator('section', { has: page.getByRole('heading', { name: 'Evidence' }) })
  await expect(evidence.getByText(hashOf(copy.buffer))).toBeVisible()
  await expect(page.getByText('shared evidence:')).toBeVisible()
  await expectAccessible(page)
})

test('the vendor opens it from the mail, without an account, and saves the very bytes', async ({ browser }) => {
  const told = new RegExp(`shared 1 file with you on a notice \\[${reference}\\]`, 'u')
  const mail = await waitForMail({ to: northlight.address, subject: told, after: before })
  expect(mail.text).toContain(hashOf(copy.buffer))
  expect(mail.email.attachments.every(({ filename }) => !String(filename).endsWith('.png'))).toBe(true)
  const page = await newPerson(browser)
  await page.goto(link)
  await page.getByRole('link', { name: copy.name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(copy.name)
  await expect(page.locator('mark').first()).toHaveText('wind has changed tonight and so must we')
  await expectAccessible(page)
  const file = await page.request.get(`${new URL(page.url()).pathname}/file`)
  expect(hashOf(await file.body())).toBe(hashOf(copy.buffer))
  expect(file.headers()).toMatchObject({
    'content-disposition': expect.stringContaining('attachment'),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
  })
  const originalByLink = await page.request.get(`${new URL(link).pathname}${piece}`)
  expect(originalByLink.status()).toBe(404)
  // In the other language it is a translation.
  const pdf = await page.request.get(`${new URL(link).pathname}/letter.pdf?language=ja`)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
})

test('the owner sees who opened it and from where', async ({ browser }) => {
  const page = await pageOf(browser)
  await page.goto(piece)
  await page.getByRole('link', { name: copy.name }).click()
  const log = page.locator('section', { has: page.getByRole('heading', { name: 'Access log' }) })
  await expect(log.getByText(`Whoever has the link mailed to ${northlight.address}`).first()).toBeVisible()
  await expect(log.getByText('Saved the file')).toBeVisible()
  await expectAccessible(page)
})
