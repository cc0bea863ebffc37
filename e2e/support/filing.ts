import { expect, type Page } from '@playwright/test'

/** What a story files; the rest is the plainest exclusion request of the demo's film catalogue. */
export interface ToFile {
  readonly vendors: readonly string[]
  /** The account's own name. */
  readonly signatory: string
  readonly paragraph?: string
}

/** Starts a filing and stops at the step of vendors; returns the address of the draft. */
export async function startFiling(page: Page, kind = 'Exclusion request'): Promise<string> {
  await page.goto('/notices/new')
  await page.getByRole('radio', { name: kind }).check()
  await page.getByRole('button', { name: 'Continue to vendors' }).click()
  await expect(page).toHaveURL(/\/filings\/[0-9a-f-]+\/vendors$/)
  return page.url().replace(/\/vendors$/, '')
}

/** Looks vendors up by name and ticks them, one search each. */
export async function chooseVendors(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.getByLabel('Name, product, model or crawler').fill(name)
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('checkbox', { name, exact: true }).check()
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByRole('table', { name: 'Chosen' }).getByRole('checkbox', { name, exact: true })).toBeChecked()
  }
}

/** Asks for future training and datasets, as an objection, about all films. */
export async function chooseScope(page: Page): Promise<void> {
  await page.getByLabel('Catalogue', { exact: true }).selectOption({ index: 1 })
  await page.getByRole('radio', { name: 'All of the catalogue' }).check()
  await page.getByRole('checkbox', { name: '1. Stop future training' }).check()
  await page.getByRole('checkbox', { name: '2. Remove from datasets' }).check()
  await page.getByRole('radio', { name: 'Objection' }).check()
}

/** Ticks every statement and types the name and the capacity. */
export async function sign(page: Page, name: string, capacity = 'General counsel'): Promise<void> {
  for (const statement of await page.getByRole('group', { name: 'Statements' }).getByRole('checkbox').all()) {
    await expect(statement).not.toBeChecked()
    await statement.check()
  }
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Capacity').fill(capacity)
}

/** Prepares a filing up to its last page; returns the address of the draft. */
export async function prepareFiling(page: Page, { vendors, signatory, paragraph }: ToFile): Promise<string> {
  const draft = await startFiling(page)
  await chooseVendors(page, vendors)
  await page.getByRole('button', { name: 'Continue to scope' }).click()
  await chooseScope(page)
  await page.getByRole('button', { name: 'Continue to basis' }).click()
  if (paragraph !== undefined) await page.getByLabel('Your own paragraph').fill(paragraph)
  await sign(page, signatory)
  await page.getByRole('button', { name: 'Continue to check' }).click()
  await expect(page).toHaveURL(`${draft}/check`)
  return draft
}

/** Stories share vendors and works: what another one has asked already is asked again, linked to the earlier notice. */
/** Chooses to ask again where the vendor has open notices on these works. */
export async function askAgain(page: Page): Promise<void> {
  const links = page.getByRole('radio', { name: /^Ask again/ })
  if ((await links.count()) === 0) return
  for (const link of await links.all()) await link.check()
  await page.getByRole('button', { name: 'Keep these choices' }).click()
  await expect(page.getByText('The choices are kept.')).toBeVisible()
}

/** Presses the button that files, and returns the reference of the filing. */
export async function file(page: Page): Promise<string> {
  await askAgain(page)
  await page.getByRole('button', { name: /^File \d+ notices?$/ }).click()
  await expect(page).toHaveURL(/\/filings\/FIL-[0-9A-Z]{4}-[0-9A-Z]{4}/)
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}
