import { endReview, fileForMembers } from './support/collective.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'

test('a vendor has it as one item, acknowledges for all, and answers once for some works of all', async ({
  page,
  browser,
}) => {
  const vendor = await newPerson(browser)
  await signIn(vendor, 'vendor')
  await sql(`update person set locale = 'en' where email = 'vendor@demo.test'`)
  const [own] = await sql<{ name: string }>(
    `select v.name from vendor v join membership m on m.organisation_id = v.organisation_id join person p on p.id = m.person_id
     where p.email = 'vendor@demo.test'`,
  )
  const reference = await fileForMembers(page, [own?.name ?? ''])
  await endReview(reference)
  await expect(async () => {
    await vendor.goto(`/inbox/filings/${reference}`)
    await expect(vendor.getByRole('table').first()).toContainText('CAV-')
    expect(await stages(reference)).not.toContain('queued')
  }).toPass({ timeout: 60_000 })
  await vendor.goto('/inbox')
  await expect(vendor.getByRole('table', { name: 'Collective notices' })).toContainText(reference)
  await expectAccessible(vendor)
  await vendor.goto(`/inbox/filings/${reference}`)
  await expectAccessible(vendor)
  await vendor.getByRole('button', { name: 'Acknowledge the chosen' }).click()
  await expect(vendor.getByText('Tick at least one notice')).toBeVisible()
  await vendor.getByRole('button', { name: /^Acknowledge all/ }).click()
  await expect(vendor.getByText(/^Recorded for/)).toBeVisible()
  expect(new Set(await stages(reference))).toEqual(new Set(['acknowledged']))

  await vendor.getByRole('checkbox', { name: /^4\. / }).check()
  await vendor.getByLabel('Answer', { exact: true }).selectOption('agreed')
  await vendor.locator('#answer-text').fill('We answer each claim within ten working days.')
  await vendor.getByRole('button', { name: /^Record for all/ }).click()
  await expect(vendor.getByText(/^Recorded for/)).toBeVisible()
  expect(new Set(await stages(reference))).toEqual(new Set(['in_review']))
  const [answers] = await sql<{ agreed: number; notices: number }>(
    `select count(*) filter (where m.default_outcome = 'agreed')::int as agreed, count(distinct n.id)::int as notices
     from notice n join filing f on f.id = n.filing_id join notice_measure m on m.notice_id = n.id
     where f.reference = $1 and n.stage <> 'withdrawn'`,
    [reference],
  )
  expect(answers?.agreed).toBe(answers?.notices)
})

async function stages(reference: string): Promise<string[]> {
  const rows = await sql<{ stage: string }>(
    `select n.stage from notice n join filing f on f.id = n.filing_id where f.reference = $1 and n.stage <> 'withdrawn'`,
    [reference],
  )
  return rows.map(({ stage }) => stage)
}
