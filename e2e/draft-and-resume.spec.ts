import type { Page } from '@playwright/test'
import { chooseScope, chooseVendors, file, prepareFiling, startFiling } from './support/filing.ts'
import { newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test, withoutUndo } from './support/portal.ts'

const parallax = 'Parallax (demo)'
const brightwater = 'Brightwater AI (demo)'

async function studioName(): Promise<string> {
  const [person] = await sql<{ name: string }>(`select name from person where email = 'studio@demo.test'`)
  return person?.name ?? ''
}

/** The notice of a filing that made one. */
async function noticeOf(filing: string): Promise<{ reference: string; stage: string }> {
  const [notice] = await sql<{ reference: string; stage: string }>(
    'select n.reference, n.stage from notice n join filing f on f.id = n.filing_id where f.reference = $1',
    [filing],
  )
  if (!notice) throw new Error(`${filing} made no notice`)
  return notice
}

/** Types into the paragraph and waits until the page says that the draft is saved. */
async function type(page: Page, text: string, says: RegExp): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().includes('/autosave'))
  await page.getByLabel('Your own paragraph').fill(text)
  await answered
  await expect(page.locator('#draft-saved')).toHaveText(says)
}

test('what is typed survives a closed tab, is resumed on another device, and two devices at once lose nothing', async ({
  page,
  browser,
}) => {
  await signIn(page, 'studio')
  const draft = await startFiling(page)
  await chooseVendors(page, [parallax])
  await page.getByRole('button', { name: 'Continue to scope' }).click()
  await chooseScope(page)
  await page.getByRole('button', { name: 'Continue to basis' }).click()
  await expect(page).toHaveURL(`${draft}/basis`)
  // Half an address holds up no other word.
  await page.getByLabel('E-mail for answers in the letter').fill('rights@')
  await type(page, 'Typed on the first device.', /saved .+, without a field that cannot be read yet/)
  await page.close()

  const second = await newPerson(browser)
  await signIn(second, 'studio')
  await second.goto('/filings')
  await second.locator(`a[href="${new URL(draft).pathname}/check"]`).click()
  await expect(second).toHaveURL(`${draft}/check`)
  await second.goto(`${draft}/basis`)
  await expect(second.getByLabel('Your own paragraph')).toHaveValue('Typed on the first device.')

  const third = await newPerson(browser)
  await signIn(third, 'studio')
  await third.goto(`${draft}/basis`)
  await type(third, 'Typed on the third device.', /saved/i)
  await second.route('**/autosave?*', (route) => route.abort(), { times: 1 })
  await second.getByLabel('Your own paragraph').fill('Typed on a lost line.')
  await expect(second.locator('#draft-saved')).toHaveText(/the portal does not answer/)
  await type(second, 'Typed on the second device.', /Changed on another device at .+ by .+ kept/)
  await second.reload()
  await expect(second.getByLabel('Your own paragraph')).toHaveValue('Typed on the third device.')
  await expect(second.getByText('Another version of the step')).toBeVisible()
  await second.getByText('What it says differently').click()
  await expect(second.getByText('Typed on the second device.')).toBeVisible()
  await expectAccessible(second)
  await second.getByRole('button', { name: 'Use that version' }).click()
  await expect(second.getByLabel('Your own paragraph')).toHaveValue('Typed on the second device.')
  await second.getByText('What it says differently').click()
  await expect(second.getByText('Typed on the third device.')).toBeVisible()
  await second.getByRole('button', { name: 'Throw that version away' }).click()
  await expect(second.getByText('Another version of the step')).toHaveCount(0)

  await second.getByRole('button', { name: 'Continue to check' }).click()
  await expect(second.getByText(/^\d+ of 100$/)).toBeVisible()
  await second.getByRole('link', { name: 'your own matter number' }).click()
  await expect(second).toHaveURL(/\/basis#matter_number$/)
  await second.goto(`${draft}/discard`)
  await second.getByRole('button', { name: 'Throw the draft away' }).click()
})

test('without any script each step saves as before', async ({ browser }) => {
  const page = await newPerson(browser, { javaScriptEnabled: false })
  await signIn(page, 'studio')
  const draft = await startFiling(page)
  await page.goto(`${draft}/basis`)
  await page.getByLabel('Your own paragraph').fill('Saved by its button.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByLabel('Your own paragraph')).toHaveValue('Saved by its button.')
})

test('works that are asked already are met before they are sent, and nothing is chosen beforehand', async ({
  page,
}) => {
  await signIn(page, 'studio')
  await prepareFiling(page, { vendors: [brightwater], signatory: await studioName() })
  const reference = await file(page)
  const draft = await prepareFiling(page, { vendors: [brightwater], signatory: await studioName() })
  const guard = page.getByRole('region', { name: 'Asked already' })
  await expect(guard).toContainText(`176 of these 176 works already have an open notice to ${brightwater}`)
  for (const radio of await guard.getByRole('radio').all()) await expect(radio).not.toBeChecked()
  await expect(page.getByRole('button', { name: /^File/ })).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Keep these choices' }).click()
  await expect(guard).toContainText('Choose what happens.')
  await guard.getByRole('radio', { name: /^Leave this vendor out/ }).check()
  await page.getByRole('button', { name: 'Keep these choices' }).click()
  await expect(page.getByText('Every work is asked already, so nothing is left to send.')).toBeVisible()
  await guard.getByRole('radio', { name: /^Ask again/ }).check()
  await page.getByRole('button', { name: 'Keep these choices' }).click()
  await page.getByLabel('Not before').fill('2020-01-01T10:00')
  await page.getByRole('button', { name: 'Plan', exact: true }).click()
  await expect(page.getByText('That time has passed.')).toBeVisible()
  const again = await file(page)
  expect(again).not.toBe(reference)
  await page.getByRole('link', { name: /^CAV-/ }).first().click()
  await expect(page.getByText('Asks again')).toBeVisible()
  // Both are recalled, so that other stories find these works free.
  for (const each of [again, reference]) {
    await page.goto(`/filings/${each}`)
    await page.getByRole('button', { name: 'Recall' }).click()
  }
  expect(draft).toMatch(/filings/)
})

test('a notice that supersedes ends the one before it once it is served, and the vendor is told', async ({ page }) => {
  await signIn(page, 'studio')
  const restore = await withoutUndo('hoshizora')
  const address = 'rights@brightwater.test'
  let before = newestMail()
  await prepareFiling(page, { vendors: [brightwater], signatory: await studioName() })
  const first = await file(page)
  await waitForMail({ to: address, subject: (await noticeOf(first)).reference, after: before })

  await prepareFiling(page, { vendors: [brightwater], signatory: await studioName() })
  const guard = page.getByRole('region', { name: 'Asked already' })
  await guard.getByRole('radio', { name: /^Supersede/ }).check()
  await page.getByRole('button', { name: 'Keep these choices' }).click()
  await expect(page.getByText('The choices are kept.')).toBeVisible()
  before = newestMail()
  await page.getByRole('button', { name: 'File 1 notice' }).click()
  await expect(page).toHaveURL(/\/filings\/FIL-/)
  const second = new URL(page.url()).pathname.split('/')[2] ?? ''
  const [earlier, later] = [await noticeOf(first), await noticeOf(second)]
  await waitForMail({ to: address, subject: later.reference, after: before })
  const told = await waitForMail({ to: address, subject: earlier.reference, after: before })
  expect(told.text).toContain(later.reference)
  await restore()

  await page.goto(`/notices/${earlier.reference}`)
  await expect(page.getByText('Superseded').first()).toBeVisible()
  await expect(page.getByRole('link', { name: later.reference }).first()).toBeVisible()
  expect((await noticeOf(second)).stage).toBe('sent')
  // Other stories find these works free.
  await page.goto(`/notices/${later.reference}/withdraw`)
  const whole = page.getByRole('region', { name: 'Withdraw the whole notice' })
  await whole.getByLabel(/^Reason/).fill('Filed to try superseding.')
  await whole.getByRole('button').click()
  await page.getByRole('button', { name: 'Withdraw the notice' }).click()
  await expect(page.getByRole('status')).toContainText('The notice is withdrawn.')
})
