import { newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'
import { serveNotice } from './support/served.ts'

const reason = 'We rely on a research exception, see our letter of 16 November.'

async function stageOf(reference: string): Promise<string | undefined> {
  const [notice] = await sql<{ stage: string }>('select stage from notice where reference = $1', [reference])
  return notice?.stage
}

test('a vendor declares its decision for all that is pending, without any script, and the holder is told', async ({
  browser,
}) => {
  const reference = await serveNotice(browser)
  const dana = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await signIn(dana, 'vendor')

  await test.step('one answer is recorded first; the rest is pending', async () => {
    await dana.goto(`/notices/${reference}/answer`)
    await dana.getByRole('table').getByRole('checkbox').nth(0).check()
    await dana.locator('#s-outcome').selectOption({ label: 'Not used' })
    await dana.getByRole('button', { name: 'Set', exact: true }).click()
    await dana.getByRole('button', { name: 'Review and record' }).click()
    await dana.getByRole('button', { name: 'Record 2 answers' }).click()
    await expect(dana.getByRole('status')).toContainText('2 answers recorded.')
    await dana.getByRole('link', { name: 'Declare the decision for all that is pending' }).click()
    await expect(dana).toHaveURL(new RegExp(`/notices/${reference}/decide$`))
  })

  await test.step('the notice leads there too; what stands and the effect are said first', async () => {
    await dana.goto(`/notices/${reference}`)
    await dana.getByRole('link', { name: 'Declare the decision' }).click()
    await expect(dana.getByRole('heading', { level: 1, name: 'Declare the decision' })).toBeVisible()
    const rows = dana.getByRole('region', { name: 'What stands' }).getByRole('row')
    await expect(rows).toHaveCount(3)
    await expect(rows.nth(1).getByRole('cell')).toHaveText(['1', '175'])
    await expect(dana.getByText('As it stands: 2 of 352 answers given, 350 pending.')).toBeVisible()
    await expect(
      dana.getByText('The 350 answers still pending get these answers, and the notice is decided.'),
    ).toBeVisible()
  })

  await test.step('every measure needs an answer, a refusal its reason; what was typed stays', async () => {
    await dana.locator('#d-STOP_TRAINING_FUTURE-outcome').selectOption({ label: 'Refused' })
    await dana.locator('#d-STOP_TRAINING_FUTURE-text').fill(reason)
    await dana.getByRole('button', { name: 'Declare the decision with 350 answers' }).click()
    await expect(dana.getByRole('alert')).toContainText('Choose a reason. A refusal states one.')
    await expect(dana.getByRole('alert')).toContainText('Choose the answer to')
    await expect(dana.locator('#d-REMOVE_FROM_DATASETS-outcome')).toHaveAttribute('aria-invalid', 'true')
    await expect(dana.locator('#d-STOP_TRAINING_FUTURE-outcome')).toHaveValue('refused')
    await expect(dana.locator('#d-STOP_TRAINING_FUTURE-text')).toHaveValue(reason)
    expect(await stageOf(reference)).toBe('in_review')
  })

  const colleague = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await signIn(colleague, 'vendor')
  await colleague.goto(`/notices/${reference}/decide`)
  for (const measure of ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'])
    await colleague.locator(`#d-${measure}-outcome`).selectOption({ label: 'Not used' })

  await test.step('then the notice is decided, and the holder is told', async () => {
    const before = newestMail()
    await dana.locator('#d-STOP_TRAINING_FUTURE-code').selectOption({ label: 'exception claimed' })
    await dana.locator('#d-REMOVE_FROM_DATASETS-outcome').selectOption({ label: 'Removed' })
    await dana.getByRole('button', { name: 'Declare the decision with 350 answers' }).click()
    await expect(dana).toHaveURL(new RegExp(`/notices/${reference}\\?done=decision\\.declared$`))
    await expect(dana.getByRole('status')).toContainText('The decision is declared, and the notice is decided.')
    await expect(dana.getByRole('link', { name: 'Declare the decision' })).toHaveCount(0)
    expect(await stageOf(reference)).toBe('decided')
    await waitForMail({ to: 'studio@demo.test', subject: reference, after: before })
    const answers = await (await dana.request.get(`/notices/${reference}/matrix.csv`)).text()
    expect(answers.match(/,refused,exception_claimed,/g)).toHaveLength(175)
    expect(answers.match(/,accepted_removed,/g)).toHaveLength(175)
    expect(answers.match(/,not_used,/g)).toHaveLength(2)
  })

  await test.step('whoever comes second reads who was faster, and a page opened now says that nothing is pending', async () => {
    await colleague.getByRole('button', { name: 'Declare the decision with 350 answers' }).click()
    await expect(colleague.getByRole('status')).toContainText('Nothing was changed.')
    await colleague.goto(`/notices/${reference}/decide`)
    await expect(colleague.getByText('No answer is pending, so there is nothing left to decide.')).toBeVisible()
    await colleague.getByRole('link', { name: 'See the notice' }).click()
    await expect(colleague).toHaveURL(new RegExp(`/notices/${reference}$`))
  })

  const haruka = await newPerson(browser)
  await signIn(haruka, 'studio')
  expect((await haruka.request.get(`/notices/${reference}/decide`)).status()).toBe(404)
})

test('every state of the declaration can be used by everybody', async ({ browser, page }) => {
  const reference = await serveNotice(browser)
  await signIn(page, 'vendor')
  await page.goto(`/notices/${reference}`)
  await expectAccessible(page)
  await page.goto(`/notices/${reference}/decide`)
  await expect(page.locator('#d-STOP_TRAINING_FUTURE-code')).toBeHidden()
  await expectAccessible(page)
  await page.locator('#d-STOP_TRAINING_FUTURE-outcome').selectOption({ label: 'Refused' })
  await expect(page.locator('#d-STOP_TRAINING_FUTURE-code')).toBeVisible()
  await page.getByRole('button', { name: 'Declare the decision with 352 answers' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expectAccessible(page)
})

test('a vendor who reads Japanese declares in Japanese', async ({ browser, page }) => {
  const reference = await serveNotice(browser)
  await signIn(page, 'vendor')
  await sql(`update person set locale = 'ja' where email = 'vendor@demo.test'`)
  try {
    await page.goto(`/notices/${reference}/decide`)
    await expect(page.getByRole('heading', { level: 1, name: '決定を表明する' })).toBeVisible()
    await expect(page.getByText('未回答の352件にこの回答を記録し、通知は決定となります。')).toBeVisible()
    await expectAccessible(page)
    await page.locator('#d-STOP_TRAINING_FUTURE-outcome').selectOption('not_used')
    await page.locator('#d-REMOVE_FROM_DATASETS-outcome').selectOption('not_used')
    await page.getByRole('button', { name: '352件に回答して決定を表明する' }).click()
    await expect(page.getByRole('status')).toContainText('決定を表明し、通知は決定となりました。')
    await expectAccessible(page)
    await page.goto(`/notices/${reference}/decide`)
    await expect(page.getByText('未回答はなく')).toBeVisible()
    await expectAccessible(page)
  } finally {
    await sql(`update person set locale = 'en' where email = 'vendor@demo.test'`)
  }
})
