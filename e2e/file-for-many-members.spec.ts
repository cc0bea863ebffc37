import type { Page } from '@playwright/test'
import { linkIn, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'

test.afterAll(async () => {
  await sql(`update organisation set undo_minutes = 30 where kind = 'association' and is_demo`)
})

test('an association files for its members: works, words, letters, signature, and every member is asked', async ({
  page,
  browser,
}) => {
  await sql(`update organisation set undo_minutes = 0 where kind = 'association' and is_demo`)
  await signIn(page, 'association')
  await sql(`update person set locale = 'en' where email = 'association@demo.test'`)
  await page.goto('/association/filings')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'New collective filing' }).click()
  await page.getByRole('button', { name: 'Begin' }).click()

  await expect(page).toHaveURL(/\/members$/)
  const reference = /FIL-[\w-]+/.exec(page.url())?.[0] ?? ''
  await page.getByRole('button', { name: 'Choose all' }).click()
  const boxes = page.getByRole('table').getByRole('checkbox')
  const members = await boxes.count()
  expect(members).toBeGreaterThan(2)
  await expectAccessible(page)
  await page.getByText('Choose by a list').click()
  await page.getByLabel('Names of members, one a line').fill('Nobody of this name')
  await page.getByRole('button', { name: 'Add these' }).click()
  await expect(page.getByText('Nobody of this name').first()).toBeVisible()
  await page.getByRole('button', { name: 'Continue to the words' }).click()

  // A search keeps what is ticked, and shows it first.
  const find = async (name: string) => {
    await page.getByRole('searchbox').fill(name)
    await page.getByRole('button', { name: 'Find' }).click()
    await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(name)}`))
    await page.getByLabel(`${name} (demo)`).check()
  }
  await find('Northlight AI')
  await find('Orrery')
  await expect(page.getByRole('region', { name: 'Chosen' }).getByLabel('Northlight AI (demo)')).toBeChecked()
  await page.getByRole('checkbox', { name: /^1\. / }).check()
  await page.getByRole('checkbox', { name: /^4\. / }).check()
  await page.getByRole('radio', { name: /demand/i }).check()
  await page.getByLabel('In the letter of every member').fill('Objecting later cures nothing.')
  await page.getByLabel('Your association’s own words to each vendor').fill('We write for our members.')
  await expectAccessible(page)
  // A colleague kept something meanwhile: nothing that was typed is lost.
  await sql(`update collective_filing set revision = revision + 1 where reference = $1`, [reference])
  await page.getByRole('button', { name: 'Continue to the check' }).click()
  await expect(page.getByRole('status')).toContainText('changed')
  await page.getByRole('button', { name: 'Continue to the check' }).click()

  // The story’s members have written to these vendors before.
  await expect(page.getByRole('heading', { name: 'Asked already' })).toBeVisible()
  await page.getByRole('radio', { name: 'Ask again, and link to the earlier notice' }).check()
  await page.getByRole('button', { name: 'Keep this choice' }).click()

  const letter = page.getByRole('article', { name: 'The member’s letter' })
  await expect(letter).toContainText('Objecting later cures nothing.')
  await expect(letter).toContainText('under the mandate')
  await expectAccessible(page)
  for (const box of await page.getByRole('group', { name: 'Statements' }).getByRole('checkbox').all()) await box.check()
  const [person] = await sql<{ name: string }>(`select name from person where email = 'association@demo.test'`)
  await page.getByLabel('Your name').fill(person?.name ?? '')
  await page.getByLabel('Capacity').fill('Secretary general')
  await page.getByRole('button', { name: 'Sign and submit' }).click()

  await expect(page).toHaveURL(new RegExp(`/association/filings/${reference}$`))
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('Members look at their annexes')).toBeVisible()
  }).toPass({ timeout: 30_000 })
  await expectAccessible(page)
  await expect(
    page.getByText('The mandate does not cover the vendor').or(page.getByText('Waits for the member')).first(),
  ).toBeVisible()
  const csv = await page.request.get(`/association/filings/${reference}/result.csv`)
  expect(await csv.text()).toContain('Northlight AI')

  const studio = await newPerson(browser)
  await signIn(studio, 'studio')
  await sql(`update person set locale = 'en' where email = 'studio@demo.test'`)
  await studio.goto('/home')
  await studio.locator(`a[href="/annexes/${reference}"]`, { hasText: 'is about to file for you' }).click()
  await expectAccessible(studio)
  await studio.getByRole('button', { name: 'Agree', exact: true }).click()
  await expect(studio.getByText('Agreed').first()).toBeVisible()
  expect(await stagesOf(reference)).toContain('awaiting_approval')

  // The others are silent until their time is over.
  await sql(`update collective_filing set review_ends_at = now() where reference = $1`, [reference])
  const [to] = await sql<{ address: string }>(
    `select c.address from vendor_contact c join vendor v on v.id = c.vendor_id where v.name = $1 and c.purpose = 'legal_notices'
       and c.verified_at is not null and c.retired_at is null order by c.verified_at limit 1`,
    ['Northlight AI (demo)'],
  )
  const mail = await waitForMail({ to: to?.address ?? '', subject: new RegExp(reference) })
  expect(mail.text).toContain('We write for our members.')
  const contact = await newPerson(browser)
  await contact.goto(linkIn(mail, '/c/'))
  await expect(contact.getByRole('table')).toContainText('CAV-')
  await expectAccessible(contact)
  // Of one member on its own page, then of all: nobody signs in, and the other vendor’s notices stay as they are.
  await contact.getByRole('table').getByRole('link').first().click()
  await expect(contact).toHaveURL(/\/n\//)
  await fillWho(contact)
  await contact.getByRole('button', { name: 'Confirm receipt' }).click()
  await expect(contact).toHaveURL(/done=acknowledged/)
  expect((await stagesOf(reference, 'Northlight AI (demo)')).filter((stage) => stage === 'acknowledged')).toHaveLength(
    1,
  )
  // It speaks the contact's language until the reader chooses another.
  await sql(`update collective_link l set locale = 'ja' from filing f where f.id = l.filing_id and f.reference = $1`, [
    reference,
  ])
  await contact.goto(linkIn(mail, '/c/'))
  await expect(contact.locator('html')).toHaveAttribute('lang', 'ja')
  await contact.getByRole('banner').getByRole('button', { name: 'English' }).first().click()
  await contact.getByRole('button', { name: 'Acknowledge all' }).click()
  await expect(contact.getByLabel('Your name')).toHaveAttribute('aria-invalid', 'true')
  await fillWho(contact)
  await contact.getByRole('button', { name: 'Acknowledge all' }).click()
  await expect(contact.getByRole('status')).toContainText('acknowledged')
  await expectAccessible(contact)
  await expect(contact.getByRole('button', { name: 'Acknowledge all' })).toHaveCount(0)
  expect(new Set(await stagesOf(reference, 'Northlight AI (demo)'))).toEqual(new Set(['acknowledged', 'withdrawn']))
  expect(await stagesOf(reference, 'Orrery (demo)')).not.toContain('acknowledged')

  // The member sees on its notice which mail carried it.
  const [own] = await sql<{ reference: string }>(
    `select n.reference from notice n join filing f on f.id = n.filing_id join vendor v on v.id = n.vendor_id
     join membership m on m.organisation_id = n.holder_organisation_id join person p on p.id = m.person_id
     where f.reference = $1 and v.name = 'Northlight AI (demo)' and p.email = 'studio@demo.test'`,
    [reference],
  )
  await studio.goto(`/notices/${own?.reference ?? ''}`)
  await expect(studio.getByText('It carried notices of other members too').first()).toBeVisible()
})

async function fillWho(page: Page): Promise<void> {
  await page.locator('form#acknowledge').getByLabel('Your name').fill('Dana Whitfield')
  await page.locator('form#acknowledge').getByLabel('Your role').fill('rights operations')
}

async function stagesOf(reference: string, vendor?: string): Promise<string[]> {
  const rows = await sql<{ stage: string }>(
    `select n.stage from notice n join filing f on f.id = n.filing_id join vendor v on v.id = n.vendor_id
     where f.reference = $1 and v.name = coalesce($2, v.name)`,
    [reference, vendor ?? null],
  )
  return rows.map(({ stage }) => stage)
}
