import { newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'
import { northlight, serveNotice } from './support/served.ts'

test.describe.configure({ mode: 'serial' })

const refusal = 'We rely on a research exception, see our letter of 16 November.'
let reference = ''

async function standing(): Promise<{ stage: string; outcome: string; decide_by: string; pending: number }> {
  const [row] = await sql<{ stage: string; outcome: string; decide_by: string; pending: number }>(
    `select n.stage, n.outcome, n.decide_by::text,
      (select count(*)::int from outcome_cell c where c.notice_id = n.id and c.outcome = 'pending') as pending
     from notice n where n.reference = $1`,
    [reference],
  )
  if (!row) throw new Error(`There is no notice ${reference}`)
  return row
}

test('a vendor refuses everything, and the holder challenges what it chooses, without any script', async ({
  browser,
}) => {
  reference = await serveNotice(browser)
  const dana = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await signIn(dana, 'vendor')
  await dana.goto(`/notices/${reference}/decide`)
  for (const measure of ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS']) {
    await dana.locator(`#d-${measure}-outcome`).selectOption({ label: 'Refused' })
    await dana.locator(`#d-${measure}-code`).selectOption({ index: 1 })
    await dana.locator(`#d-${measure}-text`).fill(refusal)
  }
  await dana.getByRole('button', { name: /Declare/ }).click()
  await expect(dana).toHaveURL(/done=decision\.declared/)
  expect(await standing()).toMatchObject({ stage: 'decided', outcome: 'none' })

  const haruka = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await signIn(haruka, 'studio')
  await haruka.goto(`/notices/${reference}`)
  await haruka.getByRole('link', { name: 'Challenge', exact: true }).click()
  await expect(haruka.getByText('Only once.')).toBeVisible()

  await test.step('a reason is needed, and works where some are chosen; what was typed stays', async () => {
    await haruka.getByRole('radio', { name: 'Those of the works ticked' }).check()
    await haruka.getByRole('button', { name: 'Challenge the decision' }).click()
    await expect(haruka.getByRole('alert')).toContainText('Give the reason')
    await haruka.getByLabel(/^Reason/).fill('The exception does not cover these works.')
    await haruka.getByRole('button', { name: 'Challenge the decision' }).click()
    await expect(haruka.getByRole('alert')).toContainText('Tick works')
    await expect(haruka.getByLabel(/^Reason/)).toHaveValue('The exception does not cover these works.')
  })

  const before = newestMail()
  await haruka.getByRole('table').getByRole('checkbox').nth(0).check()
  await haruka.getByRole('table').getByRole('checkbox').nth(2).check()
  await haruka.getByRole('button', { name: 'Challenge the decision' }).click()
  await expect(haruka.getByRole('status')).toContainText('The decision is challenged')
  expect(await standing()).toMatchObject({ stage: 'in_review', pending: 4 })
  const mail = await waitForMail({ to: northlight.address, subject: /challenged your decision/u, after: before })
  expect(mail.text).toContain('4 answers')
  expect(mail.text).toContain('The exception does not cover these works.')
  expect(mail.text).toContain('Decide by')
})

test('a second challenge is refused, naming what stands; the page is closed', async ({ browser }) => {
  const haruka = await newPerson(browser)
  await signIn(haruka, 'studio')
  await haruka.goto(`/notices/${reference}/challenge`)
  await expect(haruka.getByText('cannot be challenged')).toBeVisible()
  const again = await haruka.request.post(`/notices/${reference}/challenge`, {
    form: { intent: 'challenge', measure: 'STOP_TRAINING_FUTURE', about: 'unagreed', text: 'Once more.' },
    headers: { origin: process.env['CAVEAT_URL'] ?? '' },
  })
  expect(again.status()).toBe(409)
})

test('the vendor decides anew, a correction that makes an answer worse opens the way once more', async ({
  browser,
}) => {
  const dana = await newPerson(browser)
  await signIn(dana, 'vendor')
  await dana.goto(`/notices/${reference}/decide`)
  for (const measure of ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'])
    await dana.locator(`#d-${measure}-outcome`).selectOption({ label: 'Not used' })
  await dana.getByRole('button', { name: /Declare/ }).click()
  await expect(dana).toHaveURL(/done=decision\.declared/)
  expect(await standing()).toMatchObject({ stage: 'decided', outcome: 'partial' })

  await dana.goto(`/notices/${reference}/answer`)
  await dana.getByRole('table').getByRole('checkbox').nth(0).check()
  await dana.locator('#s-outcome').selectOption({ label: 'Refused' })
  await dana.locator('#s-code').selectOption({ index: 1 })
  await dana.locator('#s-text').fill(refusal)
  await dana.getByRole('button', { name: 'Set', exact: true }).click()
  await dana.getByRole('button', { name: 'Review and record' }).click()
  await dana.getByRole('button', { name: /^Record/ }).click()
  await expect(dana.getByRole('status')).toContainText('recorded')

  const haruka = await newPerson(browser)
  await signIn(haruka, 'studio')
  await haruka.goto(`/notices/${reference}/challenge`)
  await expect(haruka.getByText('answers that a correction made worse: 2 answers')).toBeVisible()
  await expectAccessible(haruka)
  await haruka.getByLabel(/^Reason/).fill('You had agreed to this.')
  await haruka.getByRole('button', { name: 'Challenge the decision' }).click()
  await expect(haruka.getByRole('status')).toContainText('The decision is challenged')
  expect(await standing()).toMatchObject({ stage: 'in_review', pending: 2 })
})

test('the holder escalates for itself, then tells the vendor', async ({ browser }) => {
  const haruka = await newPerson(browser)
  await signIn(haruka, 'studio')
  await haruka.goto(`/notices/${reference}`)
  await haruka.getByRole('link', { name: 'Escalate' }).click()
  await haruka.getByRole('button', { name: 'Record the escalation' }).click()
  await expect(haruka.getByRole('alert')).toContainText('Choose a regulator or a court')
  await expectAccessible(haruka)
  await haruka.getByRole('radio', { name: 'A court' }).check()
  await haruka.getByLabel('Name of the authority or court').fill('Tokyo District Court')
  await haruka.getByRole('textbox', { name: 'Since' }).fill('2025-11-04')
  await haruka.getByRole('button', { name: 'Record the escalation' }).click()
  await expect(haruka.getByRole('status')).toContainText('The escalation is recorded')
  await expect(haruka.getByText('In litigation').first()).toBeVisible()

  const dana = await newPerson(browser)
  await signIn(dana, 'vendor')
  await dana.goto(`/notices/${reference}`)
  await expect(dana.getByText('In litigation')).toHaveCount(0)
  expect(await dana.content()).not.toContain('Tokyo District Court')

  const before = newestMail()
  await haruka.getByRole('link', { name: 'Change or end the escalation' }).click()
  await haruka.getByRole('checkbox', { name: /^Tell/ }).check()
  await haruka.getByRole('button', { name: 'Record the escalation' }).click()
  const mail = await waitForMail({ to: northlight.address, subject: /took its notice further/u, after: before })
  expect(mail.text).toContain('Tokyo District Court')
  await dana.reload()
  await expect(dana.getByText('In litigation').first()).toBeVisible()
  await expectAccessible(dana)
})

test('a new notice takes the place of the old one once it is served', async ({ browser }) => {
  const haruka = await newPerson(browser)
  await signIn(haruka, 'studio')
  await haruka.goto(`/notices/${reference}`)
  await haruka.getByRole('link', { name: 'Supersede' }).click()
  await expect(haruka.getByText('Until then nothing changes.')).toBeVisible()
  await expectAccessible(haruka)
  await haruka.getByRole('button', { name: 'Start the new notice' }).click()
  await expect(haruka).toHaveURL(/\/filings\/[0-9a-f-]+\/scope$/)
  await expect(haruka.getByRole('complementary').getByRole('link', { name: reference })).toBeVisible()
  expect((await standing()).stage).toBe('in_review')
})
