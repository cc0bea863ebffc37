import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'

const ownSight = `select n.id, n.reference, n.holder_organisation_id as member, n.vendor_id as vendor from notice n
  join mandate_grant g on g.member_id = n.holder_organisation_id and g.association_id = (select m.organisation_id from membership m
    join person p on p.id = m.person_id where p.email = 'association@demo.test')
  where n.stage <> 'draft' and (n.stage <> 'awaiting_approval' or n.filed_by_organisation_id = g.association_id) and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now())
    and (g.vendors is null or n.vendor_id = any(g.vendors))`

test('an association sees where its members stand, and every cell opens exactly its notices', async ({
  page,
  browser,
}) => {
  await sql(`update person set locale = 'en' where email = 'association@demo.test'`)
  await signIn(page, 'association')
  await page.goto('/association/matrix')
  await expect(page.getByRole('heading', { level: 1, name: 'Members and vendors' })).toBeVisible()
  await expectAccessible(page)
  const seen = await sql<{ reference: string; member: string; vendor: string }>(ownSight)
  expect(seen.length).toBeGreaterThan(3)
  await expect(
    page
      .locator('.totals')
      .getByRole('link', { name: String(seen.length), exact: true })
      .first(),
  ).toBeVisible()

  const [some] = seen
  const cell = page
    .locator('.mx tbody td')
    .filter({ has: page.locator(`a[href*="member=${some?.member}"][href*="vendor=${some?.vendor}"]`) })
  const counted = Number(await cell.locator('.fig').textContent())
  const own = seen.filter(({ member, vendor }) => member === some?.member && vendor === some?.vendor)
  expect(counted).toBe(own.length)
  // A sign never stands without its word.
  await expect(cell.locator('.st')).toHaveText(/\S/)
  await cell.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/association\/notices\?member=/)
  for (const { reference } of own) await expect(page.getByRole('link', { name: reference, exact: true })).toBeVisible()
  await expect(page.getByRole('rowheader')).toHaveCount(own.length)

  await page.goto('/association/matrix')
  await page.getByLabel('Show', { exact: true }).selectOption({ label: 'Only not filed' })
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/show=unfiled/)
  await expect(page.locator('.mx tbody').getByText('Not filed').first()).toBeVisible()
  await page.getByRole('columnheader').nth(1).getByRole('link').click()
  await expect(page.getByRole('columnheader').nth(1)).toHaveAttribute('aria-sort', 'descending')
  const csv = await page.request.get('/association/matrix.csv')
  expect(csv.headers()['content-type']).toContain('text/csv')
  expect((await csv.text()).startsWith('\uFEFF')).toBe(true)

  const stranger = await newPerson(browser)
  await signIn(stranger, 'vendor')
  for (const path of [
    '/association/matrix',
    '/association/joint-claims',
    '/association/reports',
    '/association/matrix.csv',
  ])
    expect((await stranger.request.get(path, { maxRedirects: 0 })).status()).toBeGreaterThanOrEqual(300)
})

test('works that several members claim count once and are shown with all of them', async ({ page }) => {
  await sql(`update person set locale = 'en' where email = 'association@demo.test'`)
  await signIn(page, 'association')
  await expect(async () => {
    await page.goto('/association/joint-claims')
    await expect(page.getByRole('table')).toBeVisible()
  }).toPass({ timeout: 60_000 })
  await expectAccessible(page)
  const [count] = await sql<{ claims: number; works: number; joint: number }>(
    `select claims::int as claims, works::int as works, joint_works as joint from joint_count`,
  )
  expect(count?.joint).toBeGreaterThan(0)
  expect(count?.works).toBeLessThan(count?.claims ?? 0)
  const [first] = await sql<{ names: string[] }>(
    `select array_agg(distinct o.name) as names from joint_claim c join organisation o on o.id = c.member_id where c.number = 1`,
  )
  for (const name of first?.names ?? []) await expect(page.getByRole('row').nth(1)).toContainText(name)
})

test('reports draw how vendors answer, with their numbers beside, on paper and in both languages', async ({ page }) => {
  await sql(`update person set locale = 'en' where email = 'association@demo.test'`)
  await signIn(page, 'association')
  await page.goto('/association/reports')
  await expectAccessible(page)
  await expect(page.getByRole('table', { name: 'Days to acknowledge' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Notices by month of filing' })).toBeVisible()
  expect(
    (await (await page.request.get('/association/reports.csv')).text()).startsWith('\uFEFFDays to acknowledge'),
  ).toBe(true)
  for (const language of ['en', 'ja']) {
    const pdf = await page.request.get(`/association/reports.pdf?language=${language}`)
    expect(pdf.headers()['content-type']).toBe('application/pdf')
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
  }
  await page.goto('/settings/notifications')
  await expectAccessible(page)
  await page.getByRole('group', { name: 'Summary of your members’ week' }).getByLabel('Never').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status')).toBeVisible()
})
