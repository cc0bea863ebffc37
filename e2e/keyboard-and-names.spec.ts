import type { Page } from '@playwright/test'
import { settledStages } from '#app/notices/stages.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'

/** The pages that a rights holder and a vendor see most, by what they are. */
const holderPages = ['/home', '/notices', '/notices?stage=closed&kind=takedown', '/keyboard'] as const
const vendorPages = ['/notices', '/keyboard'] as const

/** A notice of the studio at one of the stages; `claimed`: to a vendor who has an account to read it with. */
async function aNoticeAt(stages: readonly string[], { claimed = false } = {}): Promise<string> {
  const [row] = await sql<{ reference: string }>(
    `select n.reference from notice n join vendor v on v.id = n.vendor_id join organisation o on o.id = n.holder_organisation_id
     where n.stage = any($1) and o.slug = 'hoshizora' and (not $2 or v.organisation_id is not null) order by n.id limit 1`,
    [stages, claimed],
  )
  if (!row) throw new Error(`The demo has no notice of the studio at ${stages.join(' or ')}`)
  return row.reference
}

/** Fails when the page is wider than the window, or lacks what every page has. */
async function expectWellFramed(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const beyond = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth && element.closest('.scroll') === null,
    )
    return [`by ${scrollWidth - clientWidth} px`, ...beyond.map((element) => element.outerHTML.slice(0, 200))]
  })
  expect(wide, `${page.url()} is wider than the window`).toEqual([])
  await expect(page.getByRole('main')).toHaveCount(1)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expect(page).toHaveTitle(/Caveat$/)
}

test('a visitor who knows only the keyboard reaches the sign-in', async ({ page }) => {
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/sign-in$/)
})

test('single keys go, walk, open and find; inside a field they are letters', async ({ page }) => {
  await signIn(page, 'studio')
  await page.goto('/home')
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await expect(page.getByRole('heading', { level: 1, name: 'Notices' })).toBeVisible()
  // The script that hears single keys runs once the page is whole.
  await page.waitForLoadState()

  const rows = page.locator('table[data-rows] > tbody > tr')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(rows.nth(1)).toHaveAttribute('data-at', '')
  await page.keyboard.press('k')
  await expect(rows.nth(0)).toHaveAttribute('data-at', '')
  const reference = (await rows.nth(0).getByRole('link').textContent()) ?? ''
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/notices/${reference}$`))

  await page.keyboard.press('/')
  const search = page.getByRole('banner').getByRole('searchbox', { name: 'Search' })
  await expect(search).toBeFocused()
  await page.keyboard.type('gn?j')
  await expect(search).toHaveValue('gn?j')
  await search.fill(reference.toLowerCase().replaceAll('-', ' '))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('rowheader', { name: reference })).toBeVisible()
  await expect(page.getByText('1 notice matches')).toBeVisible()

  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('?')
  await expect(page.getByRole('heading', { level: 1, name: 'Keyboard' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await expect(page).toHaveURL(/\/home$/)
})

test('what opens from the bar closes with Escape and gives the focus back', async ({ page }) => {
  await signIn(page, 'studio')
  await page.goto('/home')
  const person = page.getByRole('navigation', { name: 'You' }).locator('summary')
  await person.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeHidden()
  await expect(person).toBeFocused()
})

for (const width of [1440, 360]) {
  test(`every page of both sides has names, headings and room at ${width} pixels`, async ({ browser }) => {
    const review = await aNoticeAt(['in_review'], { claimed: true })
    const decided = await aNoticeAt(settledStages)
    const studio = await newPerson(browser)
    await studio.setViewportSize({ width, height: 900 })
    await signIn(studio, 'studio')
    for (const path of [
      ...holderPages,
      `/notices/${review}`,
      `/notices/${decided}?show=all`,
      `/notices/${review}/letter`,
    ]) {
      await studio.goto(path)
      await expectWellFramed(studio)
      await expectAccessible(studio)
    }
    const vendor = await newPerson(browser)
    await vendor.setViewportSize({ width, height: 900 })
    await signIn(vendor, 'vendor')
    for (const path of [...vendorPages, `/notices/${review}`]) {
      await vendor.goto(path)
      await expectWellFramed(vendor)
      await expectAccessible(vendor)
    }
  })
}

test('dark pages keep their contrast', async ({ browser }) => {
  const review = await aNoticeAt(['in_review'])
  const page = await newPerson(browser)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/')
  await expectAccessible(page)
  await signIn(page, 'studio')
  for (const path of ['/home', '/notices', `/notices/${review}`]) {
    await page.goto(path)
    await expectAccessible(page)
  }
})

test('without script the menu opens, the filter works and every page is whole', async ({ browser }) => {
  const page = await newPerson(browser, { javaScriptEnabled: false })
  await page.setViewportSize({ width: 360, height: 800 })
  await signIn(page, 'studio')
  await page.goto('/home')
  await page.getByText('Menu').click()
  await page.getByRole('banner').getByRole('link', { name: 'Notices' }).click()
  await page.getByLabel('Stage', { exact: true }).selectOption('in_review')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/stage=in_review/)
  const counted = await page.getByText(/notices? match/).textContent()
  await expect(page.locator('table[data-rows] > tbody > tr')).toHaveCount(Number.parseInt(counted ?? '', 10))
  await page.getByRole('link', { name: 'Clear' }).click()
  await expect(page).toHaveURL(/\/notices$/)
})

test('a page that is not there says so inside the frame, with the way on', async ({ page }) => {
  const answer = await page.goto('/no-such-page')
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such page' })).toBeVisible()
  await expectAccessible(page)
  await signIn(page, 'studio')
  const unknown = await page.goto('/notices/CAV-0000-0000')
  expect(unknown?.status()).toBe(404)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Go to the first page' })).toBeVisible()
})
