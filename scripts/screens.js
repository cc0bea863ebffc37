// node scripts/screens.js http://127.0.0.1:3000: takes the pictures of docs/screens from a running demo.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { browserPath } from './browser.js'
import { root } from './bootstrap.js'

const base = process.argv[2] ?? 'http://127.0.0.1:3000'
const folder = join(root, 'docs/screens')
const executablePath = browserPath()
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  ...(executablePath === '' ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

await withPerson('studio', {}, async (page) => {
  await picture(page, '/home', 'home')
  await picture(page, '/notices', 'notices')
  const notice = await hrefOf(page, '/notices?stage=in_review', 'tbody a')
  await picture(page, notice, 'notice')
  const draft = await hrefOf(page, '/filings', 'tbody a')
  await picture(page, `${draft.replace(/\/(kind|vendors|scope|basis|check)$/, '')}/scope`, 'filing')
  const catalogue = await hrefOf(page, '/catalogues', 'tbody a')
  await picture(page, catalogue, 'catalogue')
})
await withPerson('studio', { colorScheme: 'dark' }, async (page) => {
  await picture(page, await hrefOf(page, '/notices?stage=in_review', 'tbody a'), 'notice-dark')
})
await withPerson('approver', {}, async (page) => {
  await picture(page, await hrefOf(page, '/notices?stage=in_review', 'tbody a'), 'notice-ja')
})
await withPerson('vendor', {}, async (page) => {
  await picture(page, '/inbox', 'inbox')
  const notice = await hrefOf(page, '/inbox', 'tr:has-text("Hoshizora") a')
  await picture(page, `${notice}/answer`, 'answer')
})
await withPerson(null, { viewport: { width: 500, height: 1200 } }, async (page) => {
  const mail = await hrefOf(page, '/dev/mailbox', 'tr:has-text("orrery.test") a')
  await page.goto(mail)
  await picture(page, await page.locator('pre a[href*="/n/"]').first().getAttribute('href'), 'from-the-mail')
})
await browser.close()

async function withPerson(who, options, take) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: 1440, height: 1100 },
    locale: 'en-GB',
    timezoneId: 'Asia/Tokyo',
    ...options,
  })
  const page = await context.newPage()
  if (who !== null) {
    await page.goto('/sign-in')
    await page.fill('input[name=email]', `${who}@demo.test`)
    await page.fill('input[name=password]', 'caveat-demo')
    await page.click('main form button')
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  }
  await take(page)
  await context.close()
}

async function hrefOf(page, list, link) {
  await page.goto(list)
  const href = await page.locator(link).first().getAttribute('href')
  if (href === null) throw new Error(`${list} has no link ${link}`)
  return href
}

async function picture(page, path, name) {
  const answer = await page.goto(path)
  if (answer === null || answer.status() !== 200) throw new Error(`${path} answered ${answer?.status()}`)
  const { width, height } = page.viewportSize() ?? { width: 1440, height: 1100 }
  await page.screenshot({
    path: join(folder, `${name}.png`),
    fullPage: true,
    clip: {
      x: 0,
      y: 0,
      width,
      height: Math.min(await page.evaluate(() => document.documentElement.scrollHeight), height * 1.6),
    },
  })
}
