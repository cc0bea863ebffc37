import { newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'
import { northlight, serveNotice } from './support/served.ts'

async function stageOf(reference: string): Promise<string | undefined> {
  const [notice] = await sql<{ stage: string }>('select stage from notice where reference = $1', [reference])
  return notice?.stage
}

test('a holder withdraws works and then the notice; each time the effect comes first and the vendor is told', async ({
  browser,
}) => {
  const reference = await serveNotice(browser)
  const haruka = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await signIn(haruka, 'studio')
  await haruka.goto(`/notices/${reference}`)
  await haruka.getByRole('link', { name: 'Withdraw' }).click()
  await expect(haruka).toHaveURL(new RegExp(`/notices/${reference}/withdraw$`))

  await test.step('works and a reason are needed', async () => {
    await haruka.getByRole('button', { name: 'Review the withdrawal of works' }).click()
    await expect(haruka.getByRole('alert')).toContainText('Enter the reason')
    await haruka
      .getByRole('region', { name: 'Withdraw some works' })
      .getByLabel(/^Reason/)
      .fill('Licensed directly.')
    await haruka.getByRole('button', { name: 'Review the withdrawal of works' }).click()
    await expect(haruka.getByRole('alert')).toContainText('Choose the works to withdraw.')
  })

  await test.step('the effect is told before anything happens', async () => {
    const works = haruka.getByRole('region', { name: 'Withdraw some works' })
    await works.getByRole('table').getByRole('checkbox').nth(0).check()
    await works.getByRole('table').getByRole('checkbox').nth(2).check()
    await works.getByLabel(/^Reason/).fill('Licensed directly.')
    await haruka.getByRole('button', { name: 'Review the withdrawal of works' }).click()
    await expect(haruka.getByRole('heading', { name: 'Withdraw 2 works?' })).toBeVisible()
    await expect(haruka.getByText(`${northlight.name} gets the remaining list of 174.`)).toBeVisible()
    await expect(haruka.getByText('This cannot be undone.')).toBeVisible()
    const cells = await sql('select from outcome_cell c join notice n on n.id = c.notice_id where n.reference = $1', [
      reference,
    ])
    expect(cells).toEqual([])
  })

  await test.step('the vendor gets the list of what remains', async () => {
    const before = newestMail()
    await haruka.getByRole('button', { name: 'Withdraw 2 works' }).click()
    await expect(haruka.getByRole('status')).toContainText('2 works withdrawn.')
    const mail = await waitForMail({ to: northlight.address, subject: reference, after: before })
    expect(mail.text).toContain('174')
    expect(mail.text).toContain('Licensed directly.')
    await expect(haruka.getByRole('table').getByRole('checkbox').nth(0)).toBeDisabled()
  })

  await test.step('the vendor cannot answer a withdrawn work', async () => {
    const dana = await newPerson(browser)
    await signIn(dana, 'vendor')
    await dana.goto(`/notices/${reference}/answer`)
    await expect(dana.getByRole('table').getByRole('checkbox').nth(0)).toBeDisabled()
    await expect(dana.getByRole('table').getByRole('checkbox').nth(1)).toBeEnabled()
    expect((await dana.request.get(`/notices/${reference}/withdraw`)).status()).toBe(404)
    await dana.context().close()
  })

  await test.step('the whole notice goes, and takes no further answer', async () => {
    const whole = haruka.getByRole('region', { name: 'Withdraw the whole notice' })
    await whole.getByLabel(/^Reason/).fill('Settled between the parties.')
    await whole.getByRole('button').click()
    await expect(haruka.getByRole('heading', { name: 'Withdraw this notice?' })).toBeVisible()
    expect(await stageOf(reference)).toBe('sent')
    const before = newestMail()
    await haruka.getByRole('button', { name: 'Withdraw the notice' }).click()
    await expect(haruka.getByRole('status')).toContainText('The notice is withdrawn.')
    await expect(haruka.getByText('Nothing can be withdrawn while the notice is at “Withdrawn”.')).toBeVisible()
    expect(await stageOf(reference)).toBe('withdrawn')
    const mail = await waitForMail({ to: northlight.address, subject: reference, after: before })
    expect(mail.text).toContain('Settled between the parties.')
  })

  const dana = await newPerson(browser)
  await signIn(dana, 'vendor')
  await dana.goto(`/notices/${reference}/answer`)
  await expect(dana.getByText('Answers cannot be recorded while the notice is at “Withdrawn”.')).toBeVisible()
  await dana.context().close()
})

test('the page for withdrawing can be used by everybody', async ({ browser, page }) => {
  const reference = await serveNotice(browser)
  await signIn(page, 'studio')
  await page.goto(`/notices/${reference}/withdraw`)
  await expectAccessible(page)
  await page
    .getByRole('region', { name: 'Withdraw the whole notice' })
    .getByLabel(/^Reason/)
    .fill('A reason.')
  await page.getByRole('button', { name: 'Review the withdrawal of the notice' }).click()
  await expectAccessible(page)
})
