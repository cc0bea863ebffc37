import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'

test('the operator adds a vendor with sources, verifies its contact with a place, and a holder can write to it', async ({
  browser,
}) => {
  const sam = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await signIn(sam, 'operator')
  const name = `Lanternfish ${Date.now()} (demo)`

  await test.step('a new entry knows nothing, and says so', async () => {
    await sam.goto('/operator/directory')
    await sam.getByText('Add a vendor', { exact: true }).click()
    await sam.getByLabel('Name', { exact: true }).fill(name)
    await sam.getByRole('button', { name: 'Add the vendor' }).click()
    await expect(sam.getByRole('status')).toContainText('The vendor is added.')
    await sam.getByRole('link', { name: 'See it as others do' }).click()
    await expect(
      sam.getByText('No notice can be sent until the operator has added and verified a contact.'),
    ).toBeVisible()
    await expect(sam.getByText('not known').first()).toBeVisible()
    await sam.getByRole('link', { name: 'Edit this entry' }).click()
  })

  await test.step('a fact needs a whole source or none', async () => {
    await sam.getByText('Add a fact', { exact: true }).click()
    await sam.getByLabel('Kind of fact').selectOption('Models')
    await sam.getByLabel('Fact', { exact: true }).fill('Deep 1')
    await sam.getByLabel(/^Page where it is written/).fill('https://lanternfish.example/models')
    await sam.getByRole('button', { name: 'Add the fact' }).click()
    await expect(sam.getByRole('alert')).toContainText('A source is a page and the day it was read.')
    await sam.getByLabel(/^Read on/).fill('2026-11-20')
    await sam.getByRole('button', { name: 'Add the fact' }).click()
    await expect(sam.getByRole('row', { name: 'Deep 1' })).toContainText('lanternfish.example, 20 Nov 2026')
  })

  await test.step('a contact works once it is verified, with country and time zone', async () => {
    await sam.getByText('Add a contact', { exact: true }).click()
    await sam.getByLabel('Address', { exact: true }).fill('Rights@Lanternfish.Test')
    await sam.getByRole('button', { name: 'Add the contact' }).click()
    await expect(sam.getByText('rights@lanternfish.test').first()).toBeVisible()
    await sam.getByLabel('How it was checked').fill('Named on its copyright page')
    await sam.getByRole('button', { name: /^Verify rights@/ }).click()
    await expect(sam.getByRole('alert')).toContainText('Choose the contact’s country first')
    await sam.getByLabel('Country').selectOption('Norway')
    await sam.getByLabel('Time zone').selectOption('Europe/Oslo')
    await sam.getByRole('button', { name: /^Verify rights@/ }).click()
    await expect(sam.getByRole('status')).toContainText('The contact is verified.')
    await expect(sam.getByRole('row', { name: 'rights@lanternfish.test' })).toContainText('Works')
  })

  const haruka = await newPerson(browser)
  await signIn(haruka, 'studio')
  await test.step('a holder finds it by its model and may write to it', async () => {
    await haruka.goto('/vendors?q=deep+1')
    await haruka.getByRole('link', { name }).click()
    await expect(haruka.getByRole('row', { name: 'Legal notices' })).toContainText('Works')
    await expect(haruka.getByRole('link', { name: 'File a notice' })).toBeVisible()
    for (const path of ['/operator/directory', '/operator/organisations', '/operator/mail', '/operator/jobs'])
      expect((await haruka.request.get(path)).status()).toBe(404)
  })

  await test.step('a contact is retired on a page that says what stops', async () => {
    await sam.getByRole('row', { name: 'rights@lanternfish.test' }).getByRole('link').click()
    await expect(sam.getByText('No new notice goes to rights@lanternfish.test.')).toBeVisible()
    await sam.getByRole('button', { name: 'Retire rights@lanternfish.test' }).click()
    await expect(sam.getByRole('status')).toContainText('The contact is retired.')
    await haruka.reload()
    await expect(haruka.getByRole('link', { name: 'File a notice' })).toBeHidden()
  })
  await haruka.context().close()
})

test('the operator verifies an organisation, and sees what became of mails without their words', async ({ page }) => {
  const slug = `kumonoue-${Date.now()}`
  await sql(
    `insert into organisation (id, kind, slug, name, country, locale, time_zone, undo_minutes, four_eyes, is_demo, created_at)
     values (gen_random_uuid(), 'rights_holder', $1, 'Kumonoue Press (demo)', 'JP', 'ja', 'Asia/Tokyo', 30, false, true, now())`,
    [slug],
  )
  await signIn(page, 'operator')
  await page.goto(`/operator/organisations/${slug}`)
  await page.getByRole('button', { name: 'Verify Kumonoue Press (demo)' }).click()
  await expect(page.getByRole('alert')).toContainText('Say how this was checked')
  await page.getByLabel('How it was checked').fill('domain kumonoue.test by DNS record')
  await page.getByRole('button', { name: 'Verify Kumonoue Press (demo)' }).click()
  await expect(page.getByRole('status')).toContainText('Kumonoue Press (demo) is verified.')
  await expect(page.getByText('domain kumonoue.test by DNS record')).toBeVisible()

  await page.goto('/operator/mail?view=failed')
  const bounced = page.getByRole('row').filter({ hasText: 'legal@tessera.test' }).first()
  await expect(bounced).toContainText('no such mailbox here')
  await expect(page.locator('main')).not.toContainText('asks')
  await bounced.getByRole('button', { name: /^Send again/ }).click()
  await expect(page.getByRole('status')).toContainText('The mail is queued again.')
})

test('the directory and the queues can be used by everybody', async ({ page }) => {
  await signIn(page, 'operator')
  const paths = [
    '/vendors',
    '/vendors/openai',
    '/vendors/northlight',
    '/operator/organisations',
    '/operator/organisations/northlight',
  ]
  for (const path of [
    ...paths,
    '/operator/directory',
    '/operator/directory/northlight',
    '/operator/mail',
    '/operator/jobs',
    '/operator',
  ]) {
    await page.goto(path)
    await expectAccessible(page)
  }
})
