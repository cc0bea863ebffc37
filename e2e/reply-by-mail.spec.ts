import { plainMail } from '#test/mail-texts.ts'
import { postMail, replyAddressOf } from './support/mail-in.ts'
import { linkIn, newestMail, readMailbox, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'
import { northlight, serveNotice } from './support/served.ts'

test('the vendor answers the mail, the holder reads it on the notice and is told, and both go on by mail', async ({
  page,
  browser,
}) => {
  const reference = await serveNotice(browser)
  const served = (await readMailbox()).findLast(
    ({ to, subject }) => to.includes(northlight.address) && subject.includes(reference),
  )
  if (served === undefined) throw new Error('The notice is not in the mailbox')
  const to = replyAddressOf(served)
  expect(to).toMatch(/^n-[0-9a-z]{26}-[0-9a-z]{22}@reply\.caveat\.test$/)
  await signIn(page, 'studio')
  await page.goto(`/notices/${reference}`)
  const stage = await page.locator('dl.state dd').first().innerText()

  const before = newestMail()
  const answer = plainMail(
    {
      From: `Dana Whitfield <${northlight.address}>`,
      To: to,
      Subject: `Re: ${served.subject}`,
      'Message-ID': `<reply-${reference}@northlight.test>`,
      'In-Reply-To': served.email.messageId ?? '',
      'MIME-Version': '1.0',
      'Content-Type': 'text/plain; charset=utf-8',
    },
    [
      'We have your notice and look into it this week.',
      '',
      'On Mon, 9 Nov 2026 at 10:00, Hoshizora Animation via Caveat <notices@caveat.example> wrote:',
      '> Please do not train on these works.',
    ].join('\n'),
  )
  expect(await postMail({ from: northlight.address, to, raw: answer })).toMatch(/^250/)
  // Sent twice, as a server does that heard no answer: still one message.
  await postMail({ from: northlight.address, to, raw: answer })

  const told = await waitForMail({ to: 'studio@demo.test', subject: reference, after: before })
  expect(told.subject).toContain('replied by mail')
  expect(told.text).toContain('look into it this week')
  expect(told.text).not.toContain('do not train on these works')

  await page.goto(`/notices/${reference}`)
  const conversation = page.getByRole('region', { name: 'Conversation' })
  await expect(conversation.getByText('We have your notice and look into it this week.')).toHaveCount(1)
  await expect(conversation.getByText('Please do not train on these works.')).toBeHidden()
  await conversation.getByText('Show quoted text').click()
  await expect(conversation.getByText('Please do not train on these works.')).toBeVisible()
  expect(await page.locator('dl.state dd').first().innerText()).toBe(stage)
  await expectAccessible(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    conversation.getByRole('link', { name: 'The mail as it came (.eml)' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^[0-9a-f]{12}\.eml$/)

  const after = newestMail()
  await conversation.getByText('Write to Northlight AI (demo)').click()
  await conversation.getByLabel('Message').fill('Thank you. Please answer by Friday.')
  await conversation.getByRole('button', { name: 'Send message' }).click()
  await expect(page.getByRole('status')).toContainText('Your message is on its way')
  const passed = await waitForMail({ to: northlight.address, subject: reference, after })
  expect(passed.text).toContain('Please answer by Friday.')
  expect(replyAddressOf(passed)).toBe(to)
  expect(passed.email.references).toContain(`<reply-${reference}@northlight.test>`)

  await test.step('behind the link of the mail both sides of the conversation stand', async () => {
    const contact = await newPerson(browser)
    await contact.goto(linkIn(served, '/n/'))
    const thread = contact.getByRole('region', { name: 'Conversation' })
    await expect(thread.getByRole('article')).toHaveCount(2)
    await expect(thread).toContainText('Please answer by Friday.')
    await expectAccessible(contact)
    await contact.context().close()
  })

  const stranger = await newPerson(browser)
  await signIn(stranger, 'press')
  const [mail] = await sql<{ id: string }>(
    'select i.id from inbound_mail i join notice n on n.id = i.notice_id where n.reference = $1',
    [reference],
  )
  const response = await stranger.request.get(`/inbound/${mail?.id ?? ''}.eml`)
  expect(response.status()).toBe(404)
  await stranger.context().close()
})

test('a mail that names no notice waits for an operator, who gives it to one', async ({ page, browser }) => {
  const reference = await serveNotice(browser)
  const stray = plainMail(
    {
      From: `Dana Whitfield <${northlight.address}>`,
      Subject: `Your notice ${reference}`,
      'Message-ID': `<stray-${reference}@northlight.test>`,
    },
    'Whom may we call about this?',
  )
  await postMail({ from: northlight.address, to: 'postmaster@reply.caveat.test', raw: stray })
  await signIn(page, 'operator')
  await expect(async () => {
    await page.goto('/operator/replies')
    await expect(page.getByRole('article', { name: `Your notice ${reference}` })).toBeVisible({ timeout: 1000 })
  }).toPass()
  const waiting = page.getByRole('article', { name: `Your notice ${reference}` })
  await expect(waiting).toContainText('names the reference')
  await expect(page.locator('main')).not.toContainText('Whom may we call')
  await expectAccessible(page)
  await waiting.getByRole('button', { name: `Assign to ${reference}` }).click()
  await expect(page.getByRole('status')).toContainText('being added to its notice')
  await expect(page.getByRole('article', { name: `Your notice ${reference}` })).toHaveCount(0)

  const holder = await newPerson(browser)
  await signIn(holder, 'studio')
  await expect(async () => {
    await holder.goto(`/notices/${reference}`)
    await expect(holder.getByText('Whom may we call about this?')).toBeVisible({ timeout: 1000 })
  }).toPass()
  await holder.context().close()
})
