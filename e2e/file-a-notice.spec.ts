import type { Page } from '@playwright/test'
import { askAgain, chooseScope, chooseVendors, file, prepareFiling, sign, startFiling } from './support/filing.ts'
import { newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test, withoutUndo } from './support/portal.ts'

const kanata = 'Kanata Models (demo)'
const halcyon = 'Halcyon Video (demo)'

async function studioName(): Promise<string> {
  const [person] = await sql<{ name: string }>(`select name from person where email = 'studio@demo.test'`)
  return person?.name ?? ''
}

// What an organisation is, is the operator's word: the owner of the tables speaks for him here.
async function verify(at: 'null' | 'now()'): Promise<void> {
  await sql(`set role caveat_owner; update organisation set verified_at = ${at} where slug = 'hoshizora'`)
}

async function lettersOn(page: Page): Promise<string> {
  return (await page.getByRole('article').allInnerTexts()).join('\n')
}

function textOf(content: string | ArrayBuffer | Uint8Array | undefined): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}

// A page draws lists and labels where the text has marks: only the words are compared.
function lettersOnly(text: string): string {
  return text.replace(/^(?:\d+\.|-) /u, '').replaceAll(/[^\p{L}\p{N}]/gu, '')
}

test('a studio files with two vendors without any script, reads each letter first, and each vendor gets exactly that letter', async ({
  browser,
}) => {
  const restore = await withoutUndo('hoshizora')
  try {
    const page = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
    await signIn(page, 'studio')
    const draft = await startFiling(page)

    await test.step('every step says what is missing, and leads there', async () => {
      await expect(page.getByText('2 of 9 elements')).toBeVisible()
      await page
        .getByRole('complementary', { name: 'Summary and letter' })
        .getByRole('link', { name: 'signed statements' })
        .click()
      await expect(page).toHaveURL(/\/basis#statements$/)
      await page.getByRole('link', { name: '2 Vendors' }).click()
    })

    await chooseVendors(page, [kanata, halcyon])
    await page.getByRole('button', { name: 'Continue to scope' }).click()
    await chooseScope(page)
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByRole('complementary', { name: 'Summary and letter' })).toContainText('2 notices')
    await expect(page.getByRole('complementary', { name: 'Summary and letter' })).toContainText('176 × 2 measures')
    await expect(page.getByRole('complementary', { name: 'Summary and letter' })).toContainText('704')
    await expect(page.getByRole('region', { name: `Letter to ${kanata}` })).toContainText('We object to any use')
    await page.getByRole('button', { name: 'Continue to basis' }).click()
    await page.getByLabel('Your own paragraph').fill('We are open to a conversation.')

    await test.step('nobody signs for another, and what was typed stays', async () => {
      await sign(page, 'Somebody Else')
      await page.getByRole('button', { name: 'Continue to check' }).click()
      await expect(page.getByRole('alert')).toContainText('This is not the name of your account.')
      await expect(page.getByLabel('Your own paragraph')).toHaveValue('We are open to a conversation.')
    })
    await sign(page, await studioName())
    await page.getByRole('button', { name: 'Continue to check' }).click()
    await expect(page).toHaveURL(`${draft}/check`)
    await expect(page.getByRole('complementary', { name: 'Summary and letter' })).toContainText('9 of 9 elements')

    await page.locator('summary', { hasText: halcyon }).click()
    const letters = await lettersOn(page)
    expect(letters).toContain('We are open to a conversation.')
    const before = newestMail()
    const reference = await file(page)
    await expect(page.getByRole('row', { name: kanata })).toBeVisible()

    await test.step('the way back leads to the filing, not to a second one', async () => {
      await page.goBack()
      await expect(page).toHaveURL(new RegExp(`/filings/${reference}`))
      const [filings] = await sql<{ count: string }>(
        'select count(*) from notice n join filing f on f.id = n.filing_id where f.reference = $1',
        [reference],
      )
      expect(Number(filings?.count)).toBe(2)
    })

    await test.step('each vendor gets the letter that was read, under its own reference', async () => {
      const stored = await sql<{ reference: string; address: string; text: string }>(
        `select n.reference, c.address, l.text from notice n join filing f on f.id = n.filing_id
         join vendor_contact c on c.id = n.contact_id join notice_letter l on l.notice_id = n.id where f.reference = $1`,
        [reference],
      )
      expect(stored).toHaveLength(2)
      for (const letter of stored) {
        expect(letters).toContain(letter.reference)
        const mail = await waitForMail({ to: letter.address, subject: letter.reference, after: before })
        const sent = mail.email.attachments.find(({ filename }) => filename === `${letter.reference}-letter-en.txt`)
        expect(textOf(sent?.content)).toBe(letter.text)
        for (const line of letter.text.split('\n')) expect(lettersOnly(letters)).toContain(lettersOnly(line))
      }
    })
  } finally {
    await restore()
  }
})

test('every page of the wizard can be used by everybody', async ({ page }) => {
  await signIn(page, 'studio')
  await page.goto('/notices/new')
  await expectAccessible(page)
  const draft = await prepareFiling(page, { vendors: [kanata], signatory: await studioName() })
  for (const step of ['kind', 'vendors', 'scope', 'works', 'basis', 'check']) {
    await page.goto(`${draft}/${step}`)
    await expectAccessible(page)
  }
  await page.goto('/filings')
  await expectAccessible(page)
  await page.goto(`${draft}/check`)
  await file(page)
  await expectAccessible(page)
})

test('two windows over one draft do not lose each other’s words', async ({ page, context }) => {
  await signIn(page, 'studio')
  const draft = await startFiling(page)
  await page.goto(`${draft}/basis`)
  const second = await context.newPage()
  await second.goto(`${draft}/basis`)
  await page.getByLabel('Your own paragraph').fill('Words of the first window.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByLabel('Your own paragraph')).toHaveValue('Words of the first window.')

  await second.getByLabel('Your own paragraph').fill('Words of the second window.')
  await second.getByRole('button', { name: 'Save draft' }).click()
  const both = second.getByRole('status').filter({ hasText: 'Nothing was overwritten' })
  await expect(both).toBeVisible()
  await expect(second.getByLabel('Your own paragraph')).toHaveValue('Words of the second window.')
  await page.reload()
  await expect(page.getByLabel('Your own paragraph')).toHaveValue('Words of the first window.')

  await second.getByRole('button', { name: 'Save draft' }).click()
  await expect(both).toHaveCount(0)
  await page.reload()
  await expect(page.getByLabel('Your own paragraph')).toHaveValue('Words of the second window.')
})

test('works are filtered, taken out one by one, and picked by pasted identifiers', async ({ page }) => {
  await signIn(page, 'studio')
  const draft = await startFiling(page)
  await page.goto(`${draft}/scope`)
  await page.getByLabel('Catalogue', { exact: true }).selectOption({ index: 1 })
  await page.getByRole('radio', { name: 'Works that match a filter' }).check()
  await page.getByLabel('Released from').fill('２０００')
  await page.getByRole('button', { name: 'Count' }).click()
  const works = page.getByRole('complementary', { name: 'Summary and letter' }).getByText(/^\d+ × 0 measures$/)
  const counted = Number.parseInt((await works.innerText()).split(' ')[0] ?? '', 10)
  expect(counted).toBeGreaterThan(1)

  await page.getByRole('link', { name: 'See the list' }).click()
  await page.getByRole('main').getByRole('checkbox').first().uncheck()
  await page.getByRole('button', { name: 'Save what is ticked' }).click()
  await expect(page.getByText(`${counted - 1} works are in this filing.`)).toBeVisible()

  await page.goto(`${draft}/scope`)
  const [work] = await sql<{ external_id: string }>(
    `select w.external_id from work w join catalogue c on c.id = w.catalogue_id join organisation o on o.id = c.organisation_id
     where o.slug = 'hoshizora' and w.valid_to is null order by w.title limit 1`,
  )
  await page.getByRole('radio', { name: 'Chosen works' }).check()
  await page.getByLabel('Identifiers').fill(`${work?.external_id}\nno such work`)
  await page.getByRole('button', { name: 'Continue to basis' }).click()
  await expect(page).toHaveURL(`${draft}/scope`)
  await expect(page.getByText('These lines name no work')).toBeVisible()
  await expect(page.getByLabel('Identifiers')).toHaveValue('no such work')
  await expect(page.getByRole('complementary', { name: 'Summary and letter' })).toContainText('1 × 0 measures')
})

test('a vendor without a verified contact stays behind in a draft, and the page says why', async ({ page }) => {
  await signIn(page, 'studio')
  const [silent] = await sql<{ name: string }>(
    `select name from vendor v where not exists (select from vendor_contact c where c.vendor_id = v.id) order by lower(name) limit 1`,
  )
  const name = silent?.name ?? ''
  const draft = await prepareFiling(page, { vendors: [kanata, name], signatory: await studioName() })
  await expect(page.getByRole('region', { name: 'Cannot be sent now' })).toContainText(name)
  await expect(page.getByRole('region', { name: 'Cannot be sent now' })).toContainText('verified a contact')
  await file(page)
  await expect(page.getByText('stay behind in a draft')).toBeVisible()
  await page.getByRole('link', { name: 'Open the draft' }).click()
  await expect(page).not.toHaveURL(new RegExp(draft))
  await expect(page.getByRole('table', { name: 'Chosen' }).getByRole('checkbox')).toHaveCount(1)
  await expect(page.getByRole('table', { name: 'Chosen' })).toContainText(name)
})

test('an organisation that is not verified prepares everything, and is told why it cannot file', async ({ page }) => {
  await verify('null')
  try {
    await signIn(page, 'studio')
    await page.goto('/notices/new')
    await expect(page.getByText('You can prepare everything')).toBeVisible()
    await prepareFiling(page, { vendors: [kanata], signatory: await studioName() })
    await expect(page.getByText('not verified yet, so nothing can be filed')).toBeVisible()
    await expect(page.getByRole('button', { name: /^File/ })).toHaveCount(0)
  } finally {
    await verify('now()')
  }
})

test('a cease and desist stands on article 30-4, is written in Japanese, and asks for its own facts', async ({
  page,
}) => {
  await signIn(page, 'studio')
  const draft = await startFiling(page, 'Cease and desist')
  await chooseVendors(page, [kanata])
  await page.getByRole('button', { name: 'Continue to scope' }).click()
  await chooseScope(page)
  await page.getByRole('radio', { name: 'Demand' }).check()
  await page.getByRole('button', { name: 'Continue to basis' }).click()
  await page.getByRole('checkbox', { name: 'Copyright Act of Japan, Article 30-4' }).check()
  await page.getByRole('radio', { name: '日本語' }).check()
  await page.getByRole('button', { name: 'Save draft' }).click()
  const aside = page.getByRole('complementary', { name: 'Summary and letter' })
  for (const missing of [
    'acts complained of',
    'deadline after the day on which it is sent',
    'facts for Article 30-4',
  ]) {
    await expect(aside.getByRole('link', { name: missing })).toBeVisible()
  }
  await page.getByRole('checkbox', { name: 'Training on the works' }).check()
  await page.getByLabel('Rights relied on, by country').fill('複製権（日本）')
  await page.getByLabel('To be met by').fill('2100-12-01')
  await page.getByRole('checkbox', { name: 'Reproduction (Article 21)' }).check()
  await page.getByRole('checkbox', { name: /^Technical measures/ }).check()
  await page.getByLabel('The facts').fill('2024年1月からrobots.txtで収集を拒否しています。')
  await sign(page, await studioName(), '法務部長')
  await page.getByRole('button', { name: 'Continue to check' }).click()
  await expect(page).toHaveURL(`${draft}/check`)
  const letter = page.getByRole('article')
  await expect(letter).toContainText('差止請求書')
  await expect(letter).toContainText('著作権法第30条の4')
  await expect(letter).toContainText('2100年12月1日')
  await expect(letter).toContainText('事前の許諾が必要である')
  await askAgain(page)
  await expect(page.getByRole('button', { name: 'File 1 notice' })).toBeVisible()
})

test('another organisation does not find the draft', async ({ page, browser }) => {
  await signIn(page, 'studio')
  const draft = await prepareFiling(page, { vendors: [kanata], signatory: await studioName() })
  const press = await newPerson(browser, { locale: 'en-GB' })
  await signIn(press, 'press')
  const answer = await press.goto(`${draft}/check`)
  expect(answer?.status()).toBe(404)
})

test('a draft is thrown away on a page that says what is lost', async ({ page }) => {
  await signIn(page, 'studio')
  const draft = await startFiling(page)
  await chooseVendors(page, [kanata])
  await page.goto('/filings')
  const reference = await page.getByRole('rowheader').first().getByRole('link').innerText()
  await page.getByRole('row', { name: reference }).getByRole('link', { name: 'Throw away' }).click()
  await expect(page.getByText(`Vendors chosen: ${kanata}.`)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Throw the draft away' }).click()
  await expect(page.getByRole('status')).toContainText('thrown away')
  await expect(page.getByText(reference)).toHaveCount(0)
  expect((await page.goto(`${draft}/check`))?.status()).toBe(404)
})
