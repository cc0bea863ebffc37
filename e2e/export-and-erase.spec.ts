import { buffer } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'
import { linkIn, newestMail, waitForMail } from './support/mailbox.ts'
import { newId } from '#app/platform/id.ts'
import { expect, expectAccessible, newPerson, signIn, signInAs, sql, test } from './support/portal.ts'

const password = 'ledger pencil otter'

test('somebody takes their data with them and goes; the record says that they were erased, and who left', async ({
  page,
  browser,
}) => {
  const run = Date.now().toString(36)
  const [name, email] = [`Zenobia ${run}`, `zenobia-${run}@studio.test`]
  const [notice] = await sql<{ reference: string }>(
    `select n.reference from notice n join organisation o on o.id = n.holder_organisation_id
     where o.slug = 'hoshizora' and n.stage in ('sent', 'delivered', 'acknowledged', 'in_review') order by n.id limit 1`,
  )
  const reference = notice?.reference ?? ''
  await signIn(page, 'studio')
  const before = newestMail()
  await page.goto('/team')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('radio', { name: 'Editor' }).check()
  await page.getByRole('button', { name: 'Send the invitation' }).click()

  const person = await newPerson(browser)
  await person.goto(linkIn(await waitForMail({ to: email, after: before }), '/invitations/'))
  await person.getByLabel('Your name').fill(name)
  await person.getByLabel('Password').fill(password)
  await person.getByRole('button', { name: 'Join' }).click()
  await person.goto(`/notices/${reference}`)
  await person.getByText(/^Write to /).click()
  await person.getByLabel('Message').fill('We wait for your answer.')
  await person.getByRole('button', { name: 'Send message' }).click()
  await expect(person.getByText(name).first()).toBeVisible()

  // Their data, by a mail that leads there and is no key.
  await person.goto('/settings')
  await person.getByRole('link', { name: 'Take your data with you' }).click()
  await expectAccessible(person)
  await person.getByRole('button', { name: 'Make an archive' }).click()
  const ready = await waitForMail({ to: email, subject: 'Your archive is ready', after: before })
  const address = linkIn(ready, '/account/export')
  const stranger = await newPerson(browser)
  await stranger.goto(address)
  await expect(stranger).toHaveURL(/\/sign-in/)
  await person.goto(address)
  const saved = person.waitForEvent('download')
  await person.getByRole('link', { name: /^Save the archive/ }).click()
  const zip = await fromBufferPromise(await buffer(await (await saved).createReadStream()))
  const names: string[] = []
  for await (const entry of zip.eachEntry()) names.push(entry.fileName)
  expect(names).toContain('about-you.json')
  expect(names.some((each) => each.endsWith('.eml'))).toBe(true)

  await person.goto('/account/delete')
  await expectAccessible(person)
  await person.getByLabel('Password').fill('not this one')
  await person.getByRole('button', { name: 'Delete my account' }).click()
  await expect(person.getByRole('alert').first()).toBeVisible()
  await person.getByLabel('Password').fill(password)
  await person.getByRole('button', { name: 'Delete my account' }).click()
  await expect(person.getByRole('heading', { name: 'Your account is deleted' })).toBeVisible()
  await person.goto('/sign-in')
  await person.getByLabel('E-mail address').fill(email)
  await person.getByLabel('Password').fill(password)
  await person.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(person).toHaveURL(/sign-in/)

  await expect
    .poll(async () => (await sql('select from person where email = $1', [email])).length, { timeout: 30_000 })
    .toBe(0)
  await page.goto(`/notices/${reference}`)
  await expect(page.getByText('A person whose data was erased').first()).toBeVisible()
  await expect(page.getByText(name)).toHaveCount(0)

  // The owner reads what was done to the organisation.
  await page.goto('/settings/audit?group=members')
  await expect(page.getByRole('row', { name: /Left; was Editor/ }).first()).toBeVisible()
  await expect(page.getByText(name)).toHaveCount(0)
  await expectAccessible(page)
  await page.setViewportSize({ width: 360, height: 800 })
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  for (const path of ['/settings/audit', '/settings/export', '/account/delete', '/account/export']) {
    await page.goto(path)
    expect(await wide(), path).toBeLessThanOrEqual(0)
    await page.screenshot({ path: `test-results/export-and-erase${path.replaceAll('/', '-')}.png`, fullPage: true })
  }
})

test('an owner takes everything that is the organisation’s; an approver does not even see the record', async ({
  page,
  browser,
}) => {
  await signIn(page, 'press')
  await page.goto('/settings/export')
  await expectAccessible(page)
  // The click returns before its answer is drawn: a page that is loaded anew meanwhile is not attached any more.
  const ordered = page.waitForResponse(
    (response) => response.request().method() === 'GET' && response.url().endsWith('/settings/export'),
  )
  await page.getByRole('button', { name: 'Make an archive' }).click()
  await (await ordered).finished()
  await expect(page.getByRole('table', { name: 'Archives' })).toBeVisible()
  await expect
    .poll(async () => {
      await page.goto('/settings/export')
      return page.getByRole('link', { name: /^Save the archive/ }).count()
    })
    .toBeGreaterThan(0)
  const saved = page.waitForEvent('download')
  await page
    .getByRole('link', { name: /^Save the archive/ })
    .first()
    .click()
  expect((await buffer(await (await saved).createReadStream())).subarray(0, 2).toString()).toBe('PK')
  await page.goto('/settings/audit?group=exports')
  await expect(page.getByText(/Saved the archive, SHA-256/).first()).toBeVisible()

  const approver = await newPerson(browser)
  await signInAs(approver, 'approver@demo.test', 'caveat-demo')
  for (const path of ['/settings/audit', '/settings/export']) {
    expect((await approver.goto(path))?.status()).toBe(403)
    await expect(approver.getByText(/Only an owner|オーナーだけです。/).last()).toBeVisible()
  }
})

test('an owner closes an organisation, keeps it from the mail, closes it after all; then it is gone for everybody', async ({
  page,
  browser,
}) => {
  const [id, name] = [newId(), `Closing ${Date.now().toString(36)}`]
  const before = newestMail()
  await sql(
    `insert into organisation (id, kind, slug, name, country, locale, time_zone, undo_minutes, four_eyes, is_demo, created_at)
     values ($1, 'rights_holder', $2, $3, 'JP', 'en', 'Asia/Tokyo', 30, false, false, now())`,
    [id, `closing-${id}`, name],
  )
  for (const [who, role] of [
    ['press', 'owner'],
    ['approver', 'viewer'],
  ])
    await sql(
      `insert into membership (id, person_id, organisation_id, role, created_at) select $1, id, $2, $3, now() from person where email = $4`,
      [newId(), id, role, `${who}@demo.test`],
    )
  const enter = async (person: typeof page) => {
    await person.getByRole('banner').locator('details.org > summary').click()
    await person.getByRole('button', { name }).click()
  }
  const close = async () => {
    await page.getByLabel('Name of the organisation').fill(name)
    await page.getByLabel('Password').fill('caveat-demo')
    await page.getByRole('button', { name: 'Close the organisation' }).click()
    await expect(page.getByText(/^The organisation closes on /)).toBeVisible()
  }
  await signIn(page, 'press')
  await enter(page)
  await page.goto('/settings/close')
  await expectAccessible(page)
  await page.getByLabel('Name of the organisation').fill('Something else')
  await page.getByLabel('Password').fill('caveat-demo')
  await page.getByRole('button', { name: 'Close the organisation' }).click()
  await expect(page.getByRole('alert').first()).toContainText('Type the name as it stands')
  await close()
  await expectAccessible(page)

  // Whoever else belongs to it is told on every page, and cannot undo it.
  const colleague = await newPerson(browser)
  await signInAs(colleague, 'approver@demo.test', 'caveat-demo')
  await enter(colleague)
  await expect(colleague.getByText(new RegExp(`^${name} ?(closes on|は.*に閉鎖されます)`))).toBeVisible()
  expect((await colleague.goto('/settings/close'))?.status()).toBe(403)

  const mail = await waitForMail({ to: 'press@demo.test', subject: `${name} closes`, after: before })
  const reader = await newPerson(browser)
  const address = linkIn(mail, '/closings/')
  await reader.goto(address)
  await expectAccessible(reader)
  const open = await sql('select from organisation where id = $1 and closes_at is not null', [id])
  expect(open, 'reading the mail changes nothing').toHaveLength(1)
  await reader.getByRole('button', { name: 'Keep the organisation' }).click()
  await expect(reader.getByRole('status')).toContainText('it was cancelled')
  await page.goto('/settings/close')
  await expect(page.getByText(`${name} closes on `)).toHaveCount(0)

  await close()
  await page.setViewportSize({ width: 360, height: 800 })
  await page.screenshot({ path: 'test-results/export-and-erase-close.png', fullPage: true })
  // The days of grace pass. Nobody but the owner of the tables could shorten them.
  await sql(
    `set role caveat_owner; update organisation_closing set erase_at = now(), asked_at = now() - interval '30 days' where organisation_id = '${id}'`,
  )
  await waitForMail({ to: 'press@demo.test', subject: `${name} is erased`, after: before })
  await page.goto('/settings/close')
  await expect(page.getByText(name)).toHaveCount(0)
  const [left] = await sql<{ name: string; members: string }>(
    'select o.name, (select count(*) from membership m where m.organisation_id = o.id) as members from organisation o where o.id = $1',
    [id],
  )
  expect(left).toEqual({ name: 'Erased organisation', members: '0' })
})
