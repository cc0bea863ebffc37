import ExcelJS from 'exceljs'
import { linkIn, newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'
import { serveNotice } from './support/served.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

test('a vendor answers with a spreadsheet without any script, and the holder is told how many', async ({ browser }) => {
  const reference = await serveNotice(browser)
  const dana = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await signIn(dana, 'vendor')
  await dana.goto(`/notices/${reference}/answer`)
  await dana.getByRole('link', { name: 'Answer with a file' }).click()
  await expect(dana.getByRole('heading', { name: 'Answer with a file' })).toBeVisible()
  const answer = await dana.request.get(`/notices/${reference}/matrix.xlsx`)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(new Uint8Array(await answer.body()).buffer)
  const [sheet] = book.worksheets
  if (sheet === undefined) throw new Error('The workbook has no sheet')
  for (const line of [2, 3, 4]) sheet.getRow(line).getCell(6).value = 'not_used'
  sheet.getRow(5).getCell(6).value = 'refused'
  sheet.getRow(6).getCell(6).value = true

  await test.step('the wrong file is refused at its field', async () => {
    await dana.getByLabel('File with the answers').setInputFiles({
      name: 'list.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Title\nOne\n'),
    })
    await dana.getByRole('button', { name: 'Check the file' }).click()
    await expect(dana.getByRole('alert')).toContainText('no column for the work ID')
  })

  await dana.getByLabel('File with the answers').setInputFiles({
    name: 'answers.xlsx',
    mimeType: xlsx,
    buffer: Buffer.from(await book.xlsx.writeBuffer()),
  })
  await dana.getByRole('button', { name: 'Check the file' }).click()

  await test.step('each row that cannot be recorded says why', async () => {
    await expect(dana.getByText('3 changes', { exact: true })).toBeVisible()
    await expect(dana.getByText('2 rows cannot be recorded')).toBeVisible()
    await expect(dana.getByRole('cell', { name: 'A refusal needs a reason.' })).toBeVisible()
    await expect(dana.getByRole('cell', { name: '“TRUE” is not an answer.' })).toBeVisible()
    const [row] = await sql<{ stage: string }>('select stage from notice where reference = $1', [reference])
    expect(row?.stage).not.toBe('in_review')
  })

  const seeing = await newPerson(browser)
  await signIn(seeing, 'vendor')
  await seeing.goto(dana.url())
  await expectAccessible(seeing)
  await seeing.context().close()

  const before = newestMail()
  await dana.getByRole('button', { name: 'Record 3 answers' }).click()
  await expect(dana.getByRole('status')).toContainText('3 answers recorded.')
  const result = await dana.request.get(`${new URL(dana.url()).pathname}/result.csv`)
  expect(await result.text()).toContain('not recorded,A refusal needs a reason.')
  const told = await waitForMail({ to: 'studio@demo.test', subject: /recorded answers: /u, after: before })
  expect(told.subject).toContain(reference)
  const haruka = await newPerson(browser)
  await signIn(haruka, 'studio')
  await haruka.goto(`/notices/${reference}`)
  await expect(haruka.getByText(/3 answers: Not used 3/).first()).toBeVisible()
})

test('the contact answers each measure with a code by mail, without an account', async ({ browser }) => {
  const reference = await serveNotice(browser)
  const [link] = await sql<{ address: string }>(
    'select l.address from notice_link l join notice n on n.id = l.notice_id where n.reference = $1',
    [reference],
  )
  const served = await waitForMail({ to: link?.address ?? '', subject: reference })
  const page = await newPerson(browser, { javaScriptEnabled: false, locale: 'en-GB' })
  await page.goto(linkIn(served, '/n/'))
  await page.getByRole('link', { name: 'Answer each measure, or work by work with a file' }).click()
  // The rules of axe need script, which the page itself does not.
  const seeing = await newPerson(browser)
  await seeing.setViewportSize({ width: 360, height: 800 })
  await seeing.goto(page.url())
  await expectAccessible(seeing)
  await seeing.context().close()
  await page.locator('#all-name').fill('Dana Whitfield')
  await page.locator('#all-role').fill('Counsel')
  await page.locator('#all-code').fill('AAAA-AAAA')
  await page.locator('#d-STOP_TRAINING_FUTURE-outcome').selectOption({ label: 'Excluded' })
  await page.getByRole('button', { name: /^Record for all/ }).click()
  await expect(page.getByRole('alert')).toContainText('This is not the code that we mailed.')
  await expect(page.locator('#all-name')).toHaveValue('Dana Whitfield')

  const before = newestMail()
  await page.getByRole('button', { name: 'Mail me the code' }).click()
  await expect(page.getByRole('status')).toContainText('We mailed a code')
  const mail = await waitForMail({ to: link?.address ?? '', subject: 'Your code', after: before })
  const code = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/mu.exec(mail.text)?.[0] ?? ''
  await page.locator('#all-name').fill('Dana Whitfield')
  await page.locator('#all-role').fill('Counsel')
  await page.locator('#all-code').fill(code)
  await page.locator('#d-STOP_TRAINING_FUTURE-outcome').selectOption({ label: 'Excluded' })
  await page.getByRole('button', { name: /^Record for all/ }).click()
  await expect(page.getByRole('status')).toContainText('Your answers are recorded.')
  const [event] = await sql<{ channel: string }>(
    `select e.channel from notice_event e join notice n on n.id = e.notice_id
     where n.reference = $1 and e.type = 'outcomes.recorded'`,
    [reference],
  )
  expect(event?.channel).toBe('link')
})
