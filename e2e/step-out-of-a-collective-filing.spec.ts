import { endReview, fileForMembers, stagesOf } from './support/collective.ts'
import { newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'

test('a member steps out before anything is sent, and the others go', async ({ page, browser }) => {
  const before = newestMail()
  const reference = await fileForMembers(page, ['Northlight AI (demo)'])
  const asked = await waitForMail({ to: 'studio@demo.test', subject: new RegExp(reference), after: before })
  expect(asked.text).toContain(`/annexes/${reference}`)

  const studio = await newPerson(browser)
  await signIn(studio, 'studio')
  await sql(`update person set locale = 'en' where email = 'studio@demo.test'`)
  await studio.goto(`/annexes/${reference}`)
  await expect(studio.getByRole('article').first()).toContainText('under version')
  await studio.getByText('Name other works').click()
  await studio.getByLabel('Only works whose title contains').fill('no work is called this')
  await studio.getByRole('button', { name: 'Agree with these works' }).click()
  await expect(studio.getByText('No works')).toBeVisible()
  await expectAccessible(studio)
  await studio.goto(`/annexes/${reference}`)
  await studio.getByText('Step out', { exact: true }).click()
  await studio.getByLabel('Reason').fill('We are in talks of our own.')
  await studio.getByRole('button', { name: 'Step out of this filing' }).click()
  await expect(studio.getByText('Stepped out').first()).toBeVisible()
  await expect(studio.getByRole('button', { name: 'Agree', exact: true })).toHaveCount(0)
  const told = await waitForMail({ to: 'association@demo.test', subject: /stepped out/, after: before })
  expect(told.text).toContain('We are in talks of our own.')

  const [name] = await sql<{ name: string }>(
    `select o.name from organisation o join membership m on m.organisation_id = o.id join person p on p.id = m.person_id
     where p.email = 'studio@demo.test' and o.kind = 'rights_holder' limit 1`,
  )
  expect(await stagesOf(reference, name?.name ?? '')).toEqual(['withdrawn'])
  await endReview(reference)
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('Reviewed; what was agreed to goes out')).toBeVisible()
  }).toPass({ timeout: 60_000 })
  await expect(page.getByText('No objection in time').first()).toBeVisible()
  await expect(page.getByText('Not approved in time').first()).toBeVisible()
})

test('an association calls a filing off before it leaves: nothing is sent, and its members hear why', async ({
  page,
}) => {
  const before = newestMail()
  await sql(`update person set locale = 'en' where email = 'studio@demo.test'`)
  const reference = await fileForMembers(page, ['Orrery (demo)'])
  await page.goto(`/association/filings/${reference}`)
  await page.getByText('Call this filing off').click()
  await page.getByRole('button', { name: 'Call it off' }).click()
  await expect(page.getByText('Say why, for the members.')).toBeVisible()
  await page.getByLabel('Reason, for the members').fill('The vendor has agreed to talk.')
  await page.getByRole('button', { name: 'Call it off' }).click()
  await expect(page.getByText(/This filing was called off/)).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByText('Call this filing off')).toHaveCount(0)
  const told = await waitForMail({ to: 'studio@demo.test', subject: /called off its filing for you/, after: before })
  expect(told.text).toContain('The vendor has agreed to talk.')
  await endReview(reference)
  const rows = await sql<{ stage: string; begun: boolean }>(
    `select n.stage, n.begun_at is not null as begun from notice n join filing f on f.id = n.filing_id where f.reference = $1`,
    [reference],
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(new Set(rows.map(({ stage, begun }) => `${stage} ${begun}`))).toEqual(new Set(['withdrawn false']))
})
