import type { Browser, Page } from '@playwright/test'
import { chooseScope, chooseVendors, startFiling } from './support/filing.ts'
import { linkIn, newestMail, readMailbox, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, signInAs, sql, test } from './support/portal.ts'

const halcyon = 'Halcyon Video (demo)'
const brightwater = 'Brightwater AI (demo)'

async function stagesOf(reference: string): Promise<string[]> {
  const rows = await sql<{ stage: string }>(
    'select n.stage from notice n join filing f on f.id = n.filing_id where f.reference = $1 order by n.id',
    [reference],
  )
  return rows.map(({ stage }) => stage)
}

/** The approver, acting for the third rights holder, in English. */
async function openApprover(browser: Browser): Promise<Page> {
  const page = await newPerson(browser)
  await signIn(page, 'approver')
  await sql(`update person set locale = 'en' where email = 'approver@demo.test'`)
  await page.goto('/home')
  await page
    .getByLabel(/^Organisation|Change organisation|Acting for/i)
    .first()
    .click()
  await page.getByRole('button', { name: 'Komorebi Pictures (demo)' }).click()
  await expect(page).toHaveURL(/home/)
  return page
}

async function prepare(page: Page, vendors: readonly string[]): Promise<string> {
  const draft = await startFiling(page)
  await chooseVendors(page, vendors)
  await page.getByRole('button', { name: 'Continue to scope' }).click()
  await chooseScope(page)
  await page.getByRole('button', { name: 'Continue to basis' }).click()
  await expect(page.getByText('somebody else approves a filing, and signs it')).toBeVisible()
  await page.getByLabel('Your own paragraph').fill('Written before the approval.')
  await page.getByRole('button', { name: 'Continue to check' }).click()
  return draft
}

async function signAndApprove(page: Page): Promise<void> {
  const statements = page.getByRole('group', { name: 'Statements' }).getByRole('checkbox')
  for (const statement of await statements.all()) {
    await expect(statement).not.toBeChecked()
    await statement.check()
  }
  await page.getByLabel('Your name').fill('Kenji Ono')
  await page.getByLabel('Capacity').fill('Head of legal')
  await page.getByRole('button', { name: /^Approve \d+ notices?$/ }).click()
}

test.afterAll(async () => {
  await sql(`update person set locale = 'ja' where email = 'approver@demo.test'`)
})

test('a filing waits for a second person, comes back with a note, and leaves with that person’s signature', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'pictures@demo.test', 'caveat-demo')
  const before = newestMail()
  const draft = await prepare(page, [halcyon, brightwater])
  await expect(page.getByText('Kenji Ono can approve them')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Submit 2 notices for approval' }).click()
  await expect(page.getByText('Waiting for approval')).toBeVisible()
  await expectAccessible(page)
  const reference = new URL(page.url()).pathname.split('/')[2] ?? ''
  expect(await stagesOf(reference)).toEqual(['awaiting_approval', 'awaiting_approval'])
  await page.goto(`/approvals/${reference}`)
  await expect(page.getByText('You submitted this filing, so somebody else must approve it.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Approve/ })).toHaveCount(0)

  const asked = await waitForMail({ to: 'approver@demo.test', subject: reference, after: before })
  const approver = await openApprover(browser)
  await expect(approver.getByText(/filings? waits? for your approval/)).toBeVisible()
  await approver.goto(linkIn(asked, '/approvals/'))
  await expectAccessible(approver)
  await expect(approver.getByRole('article').first()).toContainText('Written before the approval.')
  await expect(approver.getByRole('article').first()).toContainText('Kenji Ono')
  const stale = await approver.context().newPage()
  await stale.goto(approver.url())

  await approver.getByText('Return it').click()
  await approver.getByRole('button', { name: 'Return with this note' }).click()
  await expect(approver.getByRole('alert').or(approver.locator('.errors, [role=alert]')).first()).toContainText(
    'Say what must change',
  )
  await approver.getByLabel('What must change').fill('Name the films in the second paragraph.')
  await approver.getByRole('button', { name: 'Return with this note' }).click()
  await expect(approver.getByRole('status')).toContainText('Returned')

  const told = await waitForMail({ to: 'pictures@demo.test', subject: /Returned: 2 notices/, after: before })
  expect(told.text).toContain('Name the films in the second paragraph.')
  await page.goto(linkIn(told, '/filings/'))
  await expect(page.getByText('Name the films in the second paragraph.')).toBeVisible()
  await page.getByRole('link', { name: 'Open the draft' }).click()
  await expect(page).toHaveURL(`${draft}/check`)
  await expect(page.getByText('Name the films in the second paragraph.')).toBeVisible()
  await page.getByRole('button', { name: 'Submit 2 notices for approval' }).click()
  await expect(page).toHaveURL(new RegExp(reference))

  await signAndApprove(stale)
  await expect(stale.getByRole('status')).toContainText('submitted anew since you opened this page')
  await signAndApprove(stale)
  await expect(stale.getByText(/unless you recall it/)).toBeVisible()
  expect(await stagesOf(reference)).toEqual(['queued', 'queued'])
  await waitForMail({ to: 'pictures@demo.test', subject: /Approved: 2 notices/, after: before })
  await stale.getByRole('link', { name: /^CAV-/ }).first().click()
  await stale.getByRole('link', { name: 'Read the letter' }).click()
  await expect(stale.getByRole('article').first()).toContainText('Head of legal')

  // Nothing left for a vendor, and the way back is open until then.
  await page.goto(`/filings/${reference}`)
  await page.getByRole('button', { name: 'Recall' }).click()
  expect(await stagesOf(reference)).toEqual(['draft', 'draft'])
  expect((await readMailbox(before)).filter(({ to }) => to.some((address) => !address.endsWith('@demo.test')))).toEqual(
    [],
  )
})

test('four eyes are switched off with the password only, and on with two who can approve', async ({ page }) => {
  await signInAs(page, 'pictures@demo.test', 'caveat-demo')
  await page.goto('/settings/four-eyes')
  await expectAccessible(page)
  await page
    .getByLabel('Present password')
    .or(page.getByLabel(/password/i))
    .first()
    .fill('not it')
  await page.getByRole('button', { name: 'Switch off four-eyes approval' }).click()
  await expect(page.getByText('On. Every filing waits')).toBeVisible()
  await page
    .getByLabel(/password/i)
    .first()
    .fill('caveat-demo')
  await page.getByRole('button', { name: 'Switch off four-eyes approval' }).click()
  await expect(page.getByRole('status')).toContainText('Four-eyes approval is off.')
  await expect(page.getByText('still need', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Switch on four-eyes approval' }).click()
  await expect(page.getByRole('status')).toContainText('Four-eyes approval is on.')
})
