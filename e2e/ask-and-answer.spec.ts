import { readFileSync } from 'node:fs'
import { linkIn, newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'
import { northlight, serveNotice } from './support/served.ts'

test.describe.configure({ mode: 'serial' })

let reference = ''
let link = ''

async function clockOf(): Promise<{ stage: string; paused: boolean; days_left: number | null; decide_by: string }> {
  const [row] = await sql<{ stage: string; paused: boolean; days_left: number | null; decide_by: string }>(
    `select n.stage, c.paused_at is not null as paused, c.days_left, n.decide_by::text
     from notice n join clock c on c.notice_id = n.id and c.kind = 'decide' where n.reference = $1`,
    [reference],
  )
  if (!row) throw new Error(`Notice ${reference} has no clock`)
  return row
}

test('a contact asks from the mail, without account and script, and the time to decide stands still', async ({
  browser,
}) => {
  const before = newestMail()
  reference = await serveNotice(browser)
  link = linkIn(await waitForMail({ to: northlight.address, subject: reference, after: before }), '/n/')
  const page = await newPerson(browser, { javaScriptEnabled: false })
  await page.goto(link)
  await page.getByText('We have a question').click()
  const form = page.locator('form#ask')

  await test.step('a form that lacks something comes back with what was typed', async () => {
    await form.getByLabel('Your question').fill('Which ISAN numbers do these films have?')
    await form.getByRole('button', { name: 'Send the question' }).click()
    await expect(page.getByRole('alert')).toContainText('Choose what the question is about')
    await expect(form.getByLabel('Your question')).toHaveValue('Which ISAN numbers do these films have?')
  })

  await form.getByLabel('What is it about?').selectOption({ label: 'Identifiers or locations of works' })
  await form.getByRole('radio', { name: 'Those with these words' }).check()
  await form.getByRole('searchbox').fill('プリキュア')
  await form.getByLabel('Your name').fill('Dana Whitfield')
  await form.getByLabel('Your role').fill('rights operations')
  const asked = newestMail()
  await form.getByRole('button', { name: 'Send the question' }).click()
  await expect(page.getByRole('status')).toContainText('Your question was sent')
  await expect(page.getByRole('region', { name: 'Questions' })).toContainText('Which ISAN numbers')
  const colleague = await newPerson(browser)
  await colleague.goto(link)
  await expectAccessible(colleague)

  const clock = await clockOf()
  expect(clock).toMatchObject({ stage: 'clarification_needed', paused: true })
  const mail = await waitForMail({ to: 'studio@demo.test', subject: /asks a question/u, after: asked })
  expect(mail.text).toContain('Which ISAN numbers do these films have?')
  expect(mail.text.replaceAll(/\s+/gu, ' ')).toContain(`${clock.days_left} working days left`)
  expect(linkIn(mail, '/questions/')).toContain(`/notices/${reference}/questions/1`)
})

test('a member of the vendor asks another about works that were ticked', async ({ browser }) => {
  const page = await newPerson(browser)
  await signIn(page, 'vendor')
  await page.goto(`/notices/${reference}`)
  await expect(page.getByText('Your time to decide stands still').first()).toBeVisible()
  await page.getByRole('link', { name: 'Ask a question' }).click()
  await page.getByRole('radio', { name: 'Authority or mandate' }).check()
  await page.getByLabel('Your question').fill('Who holds the rights in these two?')
  await page.getByRole('radio', { name: 'Those ticked' }).check()
  await page.getByText('Works to tick').click()
  await page.locator('main').getByRole('searchbox').fill('デジモン')

  await test.step('looking for works keeps what was typed', async () => {
    await page.getByRole('button', { name: 'Show' }).click()
    await expect(page.getByLabel('Your question')).toHaveValue('Who holds the rights in these two?')
    await expect(page.getByRole('radio', { name: 'Those ticked' })).toBeChecked()
  })
  await page.getByRole('button', { name: 'Send the question' }).click()
  await expect(page.getByRole('alert')).toContainText('Tick the works')
  await expectAccessible(page)
  await page.getByRole('table').getByRole('checkbox').nth(0).check()
  await page.getByRole('table').getByRole('checkbox').nth(1).check()
  await page.getByRole('button', { name: 'Send the question' }).click()
  await expect(page.getByRole('status')).toContainText('Your question was sent')
  await expect(page.getByRole('region', { name: 'Questions' })).toContainText('about 2 works')
  await expectAccessible(page)
})

test('the holder answers both; with the last the clock runs on, and the vendor has every answer by mail', async ({
  browser,
}) => {
  const { days_left: left, decide_by: date } = await clockOf()
  const page = await newPerson(browser, { javaScriptEnabled: false })
  await signIn(page, 'studio')
  await page.goto('/home')
  await expect(page.getByRole('region', { name: 'needs' })).toContainText('Northlight AI (demo) waits for your answer')
  await page.goto(`/notices/${reference}/questions/2`)
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(3)
  const colleague = await newPerson(browser)
  await signIn(colleague, 'studio')
  await colleague.goto(`/notices/${reference}/questions/2`)
  await expectAccessible(colleague)
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await expect(page.getByRole('alert')).toContainText('Write at least a few words')
  await page.getByLabel('Your answer').fill('Hoshizora holds them alone.')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await expect(page.getByRole('status')).toContainText('Your answer was sent')
  expect(await clockOf()).toMatchObject({ paused: true, days_left: left, decide_by: date })

  const before = newestMail()
  await page.goto(`/notices/${reference}`)
  await page.getByRole('region', { name: 'Questions' }).getByRole('link', { name: 'Answer' }).click()
  const list = { name: '作品一覧.csv', mimeType: 'text/csv', buffer: Buffer.from('title,isan\n星空の城,0000-0001\n') }
  const program = { name: 'tool.exe', mimeType: 'text/csv', buffer: Buffer.from('MZ not a list') }
  await page.getByLabel('Files').setInputFiles([list, program])
  await page.getByLabel('Your answer').fill('The list with the ISAN numbers follows.')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  // The program is refused; what was typed and the list that arrived are still there.
  await expect(page.getByRole('alert')).toContainText('tool.exe: a program.')
  await expect(page.getByLabel('Your answer')).toHaveValue('The list with the ISAN numbers follows.')
  await expect(page.getByRole('checkbox', { name: '作品一覧.csv' })).toBeChecked()
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await expect(page.getByRole('status')).toContainText('Your answer was sent')
  expect(await clockOf()).toMatchObject({ stage: 'in_review', paused: false, days_left: null })
  const mail = await waitForMail({ to: northlight.address, subject: /answered your question/u, after: before })
  expect(mail.text).toContain('The list with the ISAN numbers follows.')
  expect(mail.text).toContain('The time to decide runs on until')
  expect(mail.text).toContain('Files with the answer: 1.')
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '作品一覧.csv' }).click(),
  ])
  expect(readFileSync(await saved.path()).equals(list.buffer)).toBe(true)

  await test.step('a colleague who is late reads who was faster, and keeps what was typed', async () => {
    const answer = await page.request.post(`/notices/${reference}/questions/1`, {
      form: { intent: 'answer', text: 'Another answer.' },
      headers: { origin: process.env['CAVEAT_URL'] ?? '' },
      maxRedirects: 0,
    })
    expect(answer.status()).toBe(409)
    expect(await answer.text()).toContain('answered this question at')
    expect(await answer.text()).toContain('Another answer.')
  })
})

test('the contact reads the thread behind the link; the vendor takes a question back', async ({ browser }) => {
  const dana = await newPerson(browser)
  await signIn(dana, 'vendor')
  await dana.goto(`/notices/${reference}/ask`)
  await dana.getByRole('radio', { name: 'Something else' }).check()
  await dana.getByLabel('Your question').fill('Never mind?')
  await dana.getByRole('button', { name: 'Send the question' }).click()
  const before = newestMail()
  await dana.getByRole('button', { name: 'Close without an answer' }).click()
  await expect(dana.getByRole('status')).toContainText('The question is closed')
  await waitForMail({ to: 'studio@demo.test', subject: /closed its question/u, after: before })

  const contact = await newPerson(browser, { javaScriptEnabled: false })
  await contact.goto(link)
  const thread = contact.getByRole('region', { name: 'Questions' })
  await expect(thread).toContainText('The list with the ISAN numbers follows.')
  const file = await thread.getByRole('link', { name: '作品一覧.csv' }).getAttribute('href')
  const sent = await contact.request.get(file ?? '')
  expect(await sent.text()).toContain('星空の城')
  expect(sent.headers()['content-disposition']).toContain('attachment')
  await expect(thread).toContainText('closed it without an answer')
})
