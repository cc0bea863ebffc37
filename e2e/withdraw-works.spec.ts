import { linkIn, newestMail, waitForMail } from './support/mailbox.ts'
import { expect, newPerson, signIn, sql, test } from './support/portal.ts'
import { northlight, serveNotice } from './support/served.ts'

async function standing(reference: string): Promise<{ stage: string; works: number }> {
  const [row] = await sql<{ stage: string; works: number }>(
    `select n.stage, (select count(distinct c.work_id)::int from outcome_cell c
      where c.notice_id = n.id and c.outcome = 'withdrawn') as works from notice n where n.reference = $1`,
    [reference],
  )
  if (!row) throw new Error(`There is no notice ${reference}`)
  return row
}

test('works are withdrawn at every open stage; each time the vendor gets the list of what remains', async ({
  browser,
  request: stranger,
}) => {
  const reference = await serveNotice(browser)
  const haruka = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await signIn(haruka, 'studio')

  /** Withdraws one work, and reads the list of what remains as whoever has the mail reads it. */
  async function withdraw(box: number): Promise<string[]> {
    await haruka.goto(`/notices/${reference}/withdraw`)
    const works = haruka.getByRole('region', { name: 'Withdraw some works' })
    await works.getByRole('table').getByRole('checkbox').nth(box).check()
    await works.getByLabel(/^Reason/).fill('Licensed directly.')
    await haruka.getByRole('button', { name: 'Review the withdrawal of works' }).click()
    const before = newestMail()
    await haruka.getByRole('button', { name: 'Withdraw 1 work' }).click()
    await expect(haruka.getByRole('status')).toContainText('1 work withdrawn.')
    const mail = await waitForMail({ to: northlight.address, subject: reference, after: before })
    const annex = await stranger.get(linkIn(mail, 'works.csv'))
    return (await annex.text()).trim().split('\r\n')
  }

  await test.step('while it is sent', async () => {
    expect(await withdraw(0)).toHaveLength(176)
    expect(await standing(reference)).toEqual({ stage: 'sent', works: 1 })
  })

  const dana = await newPerson(browser)
  await signIn(dana, 'vendor')
  await test.step('while a question waits, which goes on waiting', async () => {
    await dana.goto(`/notices/${reference}/ask`)
    await dana.getByRole('radio', { name: 'Which works are meant' }).check()
    await dana.getByLabel('Your question').fill('Which films exactly?')
    await dana.getByRole('button', { name: 'Send the question' }).click()
    await expect(dana.getByRole('status')).toContainText('Your question was sent')
    expect(await withdraw(1)).toHaveLength(175)
    expect(await standing(reference)).toEqual({ stage: 'clarification_needed', works: 2 })
  })

  await test.step('once it is decided', async () => {
    await dana.goto(`/notices/${reference}/decide`)
    for (const measure of ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'])
      await dana.locator(`#d-${measure}-outcome`).selectOption({ label: 'Not used' })
    await dana.getByRole('button', { name: /Declare/ }).click()
    await expect(dana).toHaveURL(/done=decision\.declared/)
    expect(await withdraw(2)).toHaveLength(174)
    expect(await standing(reference)).toEqual({ stage: 'decided', works: 3 })
  })

  await test.step('the whole notice shows that it is withdrawn, and no outcome that waits', async () => {
    await haruka.goto(`/notices/${reference}/withdraw`)
    const whole = haruka.getByRole('region', { name: 'Withdraw the whole notice' })
    await whole.getByLabel(/^Reason/).fill('Settled between the parties.')
    await whole.getByRole('button').click()
    const before = newestMail()
    await haruka.getByRole('button', { name: 'Withdraw the notice' }).click()
    const mail = await waitForMail({ to: northlight.address, subject: /withdrew its notice/u, after: before })
    expect(mail.subject).toContain(reference)
    await haruka.goto(`/notices/${reference}`)
    await expect(haruka.locator('.state')).toContainText('Withdrawn')
    await expect(haruka.locator('.state')).not.toContainText('All agreed')
  })
})
