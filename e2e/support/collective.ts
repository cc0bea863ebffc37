import type { Page } from '@playwright/test'
import { expect, signIn, sql } from './portal.ts'

/** The demo's association files for every member that lets it, without an undo window: the reference, once its members are asked. */
export async function fileForMembers(page: Page, vendors: readonly string[]): Promise<string> {
  await sql(`update organisation set undo_minutes = 0 where kind = 'association' and is_demo`)
  await signIn(page, 'association')
  await sql(`update person set locale = 'en' where email = 'association@demo.test'`)
  await page.goto('/association/filings/new')
  await page.getByRole('button', { name: 'Begin' }).click()
  await expect(page).toHaveURL(/\/members$/)
  const reference = /FIL-[\w-]+/.exec(page.url())?.[0] ?? ''
  await page.getByRole('button', { name: 'Choose all' }).click()
  await page.getByRole('button', { name: 'Continue to the words' }).click()
  for (const vendor of vendors) {
    await page.getByRole('searchbox').fill(vendor)
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByLabel(vendor).check()
  }
  for (const measure of [/^1\. /, /^4\. /]) await page.getByRole('checkbox', { name: measure }).check()
  await page.getByRole('radio', { name: /demand/i }).check()
  await page.getByLabel('Your association’s own words to each vendor').fill('We write for our members.')
  await page.getByRole('button', { name: 'Continue to the check' }).click()
  await expect(page.getByRole('heading', { name: 'The letters as they will be sent' })).toBeVisible()
  // Where a member wrote to the vendor before, the notices are linked.
  if ((await page.getByRole('heading', { name: 'Asked already' }).count()) > 0) {
    await page.getByRole('radio', { name: 'Ask again, and link to the earlier notice' }).check()
    await page.getByRole('button', { name: 'Keep this choice' }).click()
  }
  for (const box of await page.getByRole('group', { name: 'Statements' }).getByRole('checkbox').all()) await box.check()
  const [person] = await sql<{ name: string }>(`select name from person where email = 'association@demo.test'`)
  await page.getByLabel('Your name').fill(person?.name ?? '')
  await page.getByLabel('Capacity').fill('Secretary general')
  await page.getByRole('button', { name: 'Sign and submit' }).click()
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('Members look at their annexes')).toBeVisible()
  }).toPass({ timeout: 30_000 })
  return reference
}

/** Lets the time to review be over. */
export async function endReview(reference: string): Promise<void> {
  await sql('update collective_filing set review_ends_at = now() where reference = $1', [reference])
}

/** The stages of a holder's notices in a filing. */
export async function stagesOf(reference: string, holder: string): Promise<string[]> {
  const rows = await sql<{ stage: string }>(
    `select n.stage from notice n join filing f on f.id = n.filing_id join organisation o on o.id = n.holder_organisation_id
     where f.reference = $1 and o.name = $2 order by n.id`,
    [reference, holder],
  )
  return rows.map(({ stage }) => stage)
}
