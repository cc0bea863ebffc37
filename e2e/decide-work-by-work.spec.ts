import { newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'
import { serveNotice } from './support/served.ts'

const reason = 'We rely on a research exception, see our letter of 16 November.'

async function stageOf(reference: string): Promise<string | undefined> {
  const [notice] = await sql<{ stage: string }>('select stage from notice where reference = $1', [reference])
  return notice?.stage
}

test('a vendor decides work by work without any script, reviews before it records, and the holder reads each answer', async ({
  browser,
}) => {
  const reference = await serveNotice(browser)
  const dana = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await signIn(dana, 'vendor')

  await test.step('the inbox shows what waits, and acknowledges what is ticked', async () => {
    await dana.goto('/inbox?show=waiting')
    await dana.getByRole('button', { name: 'Acknowledge the chosen notices' }).click()
    await expect(dana.getByRole('alert')).toContainText('Choose at least one notice')
    await dana.getByRole('checkbox', { name: `Choose ${reference}` }).check()
    const before = newestMail()
    await dana.getByRole('button', { name: 'Acknowledge the chosen notices' }).click()
    await expect(dana.getByRole('status')).toContainText('1 notice acknowledged.')
    await expect(dana.getByRole('region', { name: 'In hand' }).getByRole('link', { name: reference })).toBeVisible()
    expect(await stageOf(reference)).toBe('acknowledged')
    await waitForMail({ to: 'studio@demo.test', subject: reference, after: before })
  })

  await dana.goto(`/notices/${reference}`)
  await dana.getByRole('link', { name: 'Answer work by work' }).click()
  await expect(dana).toHaveURL(new RegExp(`/notices/${reference}/answer$`))
  await expect(dana.getByText('As it stands: 0 of 352 answers given, 352 pending.')).toBeVisible()

  await test.step('a refusal needs a reason and an explanation; what was chosen stays', async () => {
    await dana.locator('#d-STOP_TRAINING_FUTURE-outcome').selectOption({ label: 'Refused' })
    await dana.getByRole('button', { name: 'Review and record' }).click()
    await expect(dana.getByRole('alert')).toContainText('Choose a reason. A refusal states one.')
    await expect(dana.locator('#d-STOP_TRAINING_FUTURE-outcome')).toHaveValue('refused')
    expect(await stageOf(reference)).toBe('acknowledged')
  })

  await test.step('only what a measure allows is offered', async () => {
    const offered = await dana.locator('#d-STOP_TRAINING_FUTURE-outcome option').allInnerTexts()
    expect(offered).toContain('Excluded')
    expect(offered).not.toContain('Output blocked')
    expect(offered).not.toContain('Licensed')
  })

  await test.step('works are found, ticked and answered, and the page shows how it would stand', async () => {
    await dana.locator('#d-STOP_TRAINING_FUTURE-outcome').selectOption({ label: 'Excluded' })
    await dana.getByLabel('Title or identifier').fill('ﾄﾞﾗｺﾞﾝボール')
    await dana.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(dana.getByRole('row').filter({ hasText: 'Excluded' }).first()).toBeVisible()
    const boxes = dana.getByRole('table').getByRole('checkbox')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await dana.locator('#s-outcome').selectOption({ label: 'Refused' })
    await dana.locator('#s-code').selectOption({ label: 'exception claimed' })
    await dana.locator('#s-text').fill(reason)
    await dana.getByRole('button', { name: 'Set', exact: true }).click()
    await expect(dana.getByRole('region', { name: 'Set so far' })).toContainText('Refused for 2 chosen works')
    await expect(dana.getByText('If you record now: 178 of 352 answers given, 174 pending.')).toBeVisible()
    expect(await stageOf(reference)).toBe('acknowledged')
  })

  const before = newestMail()
  await test.step('the review says what is recorded, and then it is', async () => {
    await dana.getByRole('button', { name: 'Review and record' }).click()
    await expect(dana.getByRole('heading', { name: 'Record these answers?' })).toBeVisible()
    await expect(dana.getByText('The notice then stands at “In review”.')).toBeVisible()
    expect(await stageOf(reference)).toBe('acknowledged')
    await dana.getByRole('button', { name: 'Back to the answers' }).click()
    await expect(dana.getByRole('region', { name: 'Set so far' })).toContainText(reason)
    await dana.getByRole('button', { name: 'Review and record' }).click()
    await dana.getByRole('button', { name: 'Record 178 answers' }).click()
    await expect(dana.getByRole('status')).toContainText('178 answers recorded.')
    expect(await stageOf(reference)).toBe('in_review')
  })

  await test.step('the holder is told, and reads reason and explanation', async () => {
    await waitForMail({ to: 'studio@demo.test', subject: reference, after: before })
    const haruka = await newPerson(browser)
    await signIn(haruka, 'studio')
    await haruka.goto(`/notices/${reference}?show=refused`)
    await expect(haruka.getByRole('cell', { name: reason }).first()).toBeVisible()
    const answer = await haruka.request.get(`/notices/${reference}/matrix.csv`)
    expect((await answer.text()).match(/,refused,exception_claimed,/g)).toHaveLength(4)
    expect((await haruka.request.get(`/notices/${reference}/answer`)).status()).toBe(404)
    await haruka.context().close()
  })

  await test.step('an answer for the rest decides the notice', async () => {
    await dana.goto(`/notices/${reference}/answer`)
    await dana.locator('#d-REMOVE_FROM_DATASETS-outcome').selectOption({ label: 'Removed' })
    await dana.getByRole('button', { name: 'Review and record' }).click()
    await expect(dana.getByText('The notice then stands at “Decided”.')).toBeVisible()
    await dana.getByRole('button', { name: 'Record 174 answers' }).click()
    await expect(dana.getByRole('status')).toContainText('174 answers recorded.')
    expect(await stageOf(reference)).toBe('decided')
  })
})

test('all works that match are answered but those ticked, also on another page', async ({ browser }) => {
  const reference = await serveNotice(browser)
  const dana = await newPerson(browser, { javaScriptEnabled: false })
  await signIn(dana, 'vendor')
  await dana.goto(`/notices/${reference}/answer?show=all`)
  const boxes = dana.getByRole('table').getByRole('checkbox')
  await boxes.nth(2).check()
  await dana.getByLabel('All 176 works that match').check()
  await dana.getByLabel('but not the works ticked').check()
  await dana.getByRole('button', { name: 'Next page' }).click()
  await expect(dana.getByText('1 work ticked on another page is left out too.')).toBeVisible()
  await boxes.nth(0).check()
  await dana.locator('#s-measure').selectOption({ index: 1 })
  await dana.locator('#s-outcome').selectOption({ label: 'Not used' })
  await dana.getByRole('button', { name: 'Set', exact: true }).click()
  await expect(dana.getByRole('region', { name: 'Set so far' })).toContainText('except 2 works')
  await expect(dana.getByText('If you record now: 174 of 352 answers given, 178 pending.')).toBeVisible()
})

test('every state of the vendor’s pages can be used by everybody', async ({ browser, page }) => {
  const reference = await serveNotice(browser)
  await signIn(page, 'vendor')
  await page.goto('/inbox')
  await expectAccessible(page)
  await page.goto(`/notices/${reference}/answer`)
  await expectAccessible(page)
  await page.locator('#d-STOP_TRAINING_FUTURE-outcome').selectOption({ label: 'Refused' })
  await expect(page.locator('#d-STOP_TRAINING_FUTURE-code')).toBeVisible()
  await expect(page.locator('#d-STOP_TRAINING_FUTURE-date')).toBeHidden()
  await page.getByRole('button', { name: 'Review and record' }).click()
  await expectAccessible(page)
  await page.locator('#d-STOP_TRAINING_FUTURE-outcome').selectOption({ label: 'Not used' })
  await page.getByRole('button', { name: 'Review and record' }).click()
  await expectAccessible(page)
})
