import type { Page } from '@playwright/test'
import { linkIn, newestMail, waitForMail } from './mailbox.ts'
import { expect } from './portal.ts'

let count = 0

/** Makes the person on this page somebody new, who owns a vendor organisation that has dealt with nobody. */
export async function becomeStranger(page: Page): Promise<void> {
  const before = newestMail()
  const email = `stranger-${Date.now().toString(36)}-${(count += 1)}@stranger.test`
  const password = 'ledger pencil otter'
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Some Stranger')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.goto(linkIn(await waitForMail({ to: email, after: before }), '/confirm-address'))
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Confirm the address' }).click()
  await page.getByRole('radio', { name: 'AI vendor' }).check()
  await page.getByLabel('Name of the organisation').fill('Stranger')
  await page.getByLabel('Street address').fill('1 Example Street')
  await page.getByLabel('City or town').fill('San Francisco')
  await page.getByLabel('Country').selectOption('US')
  await page.getByLabel('Time zone').selectOption('America/Los_Angeles')
  await page.getByRole('button', { name: 'Create the organisation' }).click()
  await expect(page).toHaveURL(/\/inbox$/)
}
