import { deliveryReport } from '#test/mail-texts.ts'
import { file, prepareFiling } from './support/filing.ts'
import { postMail } from './support/mail-in.ts'
import { newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test, withoutUndo } from './support/portal.ts'

const parallax = { name: 'Parallax (demo)', slug: 'parallax', address: 'legal@parallax.test' }

test('a notice comes back from a mail server, and the holder sends it where it arrives', async ({ page, browser }) => {
  const restore = await withoutUndo('hoshizora')
  await signIn(page, 'studio')
  const before = newestMail()
  const [person] = await sql<{ name: string }>(`select name from person where email = 'studio@demo.test'`)
  await prepareFiling(page, { vendors: [parallax.name], signatory: person?.name ?? '' })
  const filing = await file(page)
  await restore()
  const [notice] = await sql<{ reference: string }>(
    'select n.reference from notice n join filing f on f.id = n.filing_id where f.reference = $1',
    [filing],
  )
  const reference = notice?.reference ?? ''
  const served = await waitForMail({ to: parallax.address, subject: reference, after: before })
  expect(served.from).toMatch(/^b-[0-9a-z]{26}-[0-9a-z]{22}@reply\.caveat\.test$/)

  const report = deliveryReport({
    recipient: parallax.address,
    action: 'failed',
    status: '5.1.1',
    diagnostic: '550 5.1.1 User unknown',
  })
  const later = newestMail()
  expect(await postMail({ from: '', to: served.from, raw: report })).toMatch(/^250/)
  const told = await waitForMail({ to: 'studio@demo.test', subject: /^Not delivered to Parallax/, after: later })
  expect(told.subject).toContain(reference)
  expect(told.text).toContain('User unknown')

  await page.goto('/home')
  await expect(page.getByRole('listitem').filter({ hasText: parallax.name }).first()).toBeVisible()
  await page.goto(`/notices/${reference}`)
  await page
    .getByRole('link', { name: /contact/i })
    .first()
    .click()
  await expect(page).toHaveURL(`/vendors/${parallax.slug}/fix-contact`)
  await expect(page.getByRole('row', { name: new RegExp(reference) })).toContainText('User unknown')
  await expectAccessible(page)

  await page.getByRole('radio', { name: 'Another address' }).check()
  await page.getByLabel('E-mail address').fill('rights@parallax-legal.test')
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('Say where you found the address.')).toBeVisible()
  await expect(page.getByLabel('E-mail address')).toHaveValue('rights@parallax-legal.test')
  await page.getByLabel('Where you found it').fill('https://parallax.test/imprint')
  const sent = newestMail()
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByRole('status')).toContainText('1 notice')
  const arrived = await waitForMail({ to: 'rights@parallax-legal.test', subject: reference, after: sent })
  expect(arrived.text).toContain(reference)
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('region', { name: 'Sent on this week' })).toContainText('rights@parallax-legal.test', {
      timeout: 1000,
    })
  }).toPass()
  await expectAccessible(page)

  const operator = await newPerson(browser)
  await signIn(operator, 'operator')
  await operator.goto('/operator/replies')
  const row = operator.getByRole('row', { name: /rights@parallax-legal\.test/ })
  await expect(row).toContainText('https://parallax.test/imprint')
  await row.getByRole('button', { name: 'Add to the directory' }).click()
  await expect(operator.getByRole('status')).toContainText('Verify it')
  await expectAccessible(operator)
  await operator.context().close()
})
