import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'

// Latin words that stay as they are in Japanese: names, codes, file kinds.
const latin = /[A-Za-z]{2,}/

test('a Japanese browser is greeted in Japanese, and one button changes it', async ({ browser }) => {
  const page = await newPerson(browser, { locale: 'ja-JP' })
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('学習しないで')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.goto('/sign-in')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.getByRole('button', { name: '日本語' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[ぁ-んァ-ヶ一-龠]/)
})

test('a holder reads everything about a notice in Japanese', async ({ browser }) => {
  const page = await newPerson(browser, { locale: 'ja-JP' })
  await signIn(page, 'studio')
  await page.goto('/home')
  await inJapanese(page)
  await expect(page.getByRole('banner')).toContainText('星空アニメーション（デモ）')
  await expect(page.getByRole('heading', { name: '対応が必要なこと' })).toBeVisible()

  await page.getByRole('navigation', { name: '主なページ' }).getByRole('link', { name: '通知' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '通知' })).toBeVisible()
  await expect(page.getByRole('columnheader')).toHaveText([
    '整理番号',
    '事業者',
    '作品数',
    '段階',
    '結果',
    '対応待ち',
    '期限',
  ])
  await expectAccessible(page)

  const [row] = await sql<{ reference: string }>(
    `select n.reference from notice n join organisation o on o.id = n.holder_organisation_id
     where o.slug = 'hoshizora' and n.stage = 'in_review' order by n.id limit 1`,
  )
  await page.goto(`/notices/${row?.reference ?? ''}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/への除外要請$/)
  for (const heading of ['できること', '二つの期限', '作品と要求事項', '経過']) {
    await expect(page.getByRole('heading', { level: 2, name: heading })).toBeVisible()
  }
  // Dates with the weekday in full-width brackets, and a sum that ends there and here.
  await expect(page.locator('.clock .due').first()).toHaveText(/^20\d\d年\d{1,2}月\d{1,2}日（[月火水木金土日]）$/)
  await expect(page.locator('.clock')).toContainText(['計算の内訳', '東京では'])
  await expect(page.locator('ol.line li').last()).toContainText('通知を提出しました')
  await expectAccessible(page)
  await back(page)
})

test('no word of the frame, the list and the home page is left in English', async ({ browser }) => {
  const page = await newPerson(browser, { locale: 'ja-JP' })
  await signIn(page, 'studio')
  await page.goto('/home')
  await inJapanese(page)
  for (const path of ['/home', '/notices', '/keyboard']) {
    await page.goto(path)
    const words = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          '.rail a, .menu summary, label, thead th, h1, h2, .b, .cap, .flow .st, .sub, .crumbs, .empty p',
        ),
      ]
        .filter((each) => each.closest('[lang]') === document.documentElement)
        .map((each) => each.textContent.trim()),
    )
    expect(words.filter((text) => latin.test(text) && !/^(Caveat|CAV-|FIL-)/.test(text))).toEqual([])
  }
  await back(page)
})

async function inJapanese(page: import('@playwright/test').Page): Promise<void> {
  const button = page.getByRole('banner').getByRole('button', { name: '日本語' }).first()
  if (await button.isVisible()) await button.click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja')
}

// The language is the person's own setting: the other stories expect English.
async function back(page: import('@playwright/test').Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'English' }).first().click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
}
