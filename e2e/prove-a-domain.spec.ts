import { newestMail, waitForMail } from './support/mailbox.ts'
import { putText } from './support/name-server.ts'
import { expect, expectAccessible, newPerson, signIn, test } from './support/portal.ts'
import { becomeStranger } from './support/strangers.ts'

test.describe.configure({ mode: 'serial' })

const run = Date.now().toString(36)
// The stand-in's name server alone is asked for it.
const domain = `lanternfish-${run}.com`
const name = `Lanternfish ${run} (demo)`

test('a vendor proves its domain by DNS, claims its entry by it, and keeps its contacts', async ({ browser, page }) => {
  const sam = await newPerson(browser)
  await test.step('the operator has an entry with the website, and where that was read', async () => {
    await signIn(sam, 'operator')
    await sam.goto('/operator/directory')
    await sam.getByText('Add a vendor', { exact: true }).click()
    await sam.getByLabel('Name', { exact: true }).fill(name)
    await sam.getByRole('button', { name: 'Add the vendor' }).click()
    await sam.getByText('Add a fact', { exact: true }).click()
    await sam.getByLabel('Kind of fact').selectOption('Website')
    await sam.getByLabel('Fact', { exact: true }).fill(`https://www.${domain}/`)
    await sam.getByLabel(/^Page where it is written/).fill('https://registry.example/lanternfish')
    await sam.getByLabel(/^Read on/).fill('2026-11-20')
    await sam.getByRole('button', { name: 'Add the fact' }).click()
    await expect(sam.getByRole('row', { name: domain })).toBeVisible()
  })

  await test.step('without a record nothing is proven, and the page says what was looked for', async () => {
    await becomeStranger(page)
    await page.goto('/directory-entry')
    await page.getByRole('link', { name: 'Prove a domain' }).click()
    await page.getByLabel('Domain', { exact: true }).fill(`blog.${domain}`)
    await page.getByRole('button', { name: 'Add the domain' }).click()
    await expect(page.getByRole('alert')).toContainText(`Prove the domain itself: ${domain}.`)
    await page.getByLabel('Domain', { exact: true }).fill(`https://www.${domain}/about`)
    await page.getByRole('button', { name: 'Add the domain' }).click()
    await expect(page.getByText(`_caveat.${domain}`, { exact: true })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Look now' }).click()
    await expect(async () => {
      await page.goto('/settings/domain')
      await expect(page.getByText('Neither the record nor the file was found.')).toBeVisible({ timeout: 500 })
    }).toPass()
  })

  await test.step('with the record it is', async () => {
    putText(
      `_caveat.${domain}`,
      (await page
        .locator('code', { hasText: /^caveat=/ })
        .first()
        .textContent()) ?? '',
    )
    await page.getByRole('button', { name: 'Look now' }).click()
    await expect(async () => {
      await page.goto('/settings/domain')
      await expect(page.getByText(`${domain}, proven by DNS on`)).toBeVisible({ timeout: 500 })
    }).toPass()
    await expectAccessible(page)
  })

  await test.step('the entry whose website lies under it is the vendor’s with one click', async () => {
    await page.goto('/directory-entry')
    await expectAccessible(page)
    await page.getByRole('button', { name: `Claim ${name}` }).click()
    await expect(page.getByRole('status')).toContainText('The entry is yours.')
    await expectAccessible(page)
  })

  await test.step('a contact counts when the code that was mailed to it came back', async () => {
    const address = `rights@${domain}`
    const before = newestMail()
    await page.getByText('Add a contact').click()
    await page.getByLabel('E-mail address').fill(address)
    await page.getByLabel('Country').selectOption('NO')
    await page.getByLabel('Time zone').selectOption('Europe/Oslo')
    await page.getByRole('button', { name: 'Add the contact and mail its code' }).click()
    await expect(page.getByRole('heading', { name: `${address} waits for its code` })).toBeVisible()
    await page.getByLabel('Code', { exact: true }).fill('00000000')
    await page.getByRole('button', { name: 'Confirm the address' }).click()
    await expect(page.getByRole('alert')).toContainText('That is not the code.')
    const mail = await waitForMail({ to: address, after: before, subject: 'Confirm this address' })
    const code = /^\s*([0-9A-Z]{8})\s*$/m.exec(mail.text)?.[1] ?? ''
    await page.getByLabel('Code', { exact: true }).fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Confirm the address' }).click()
    await expect(page.getByRole('status')).toContainText('notices go there')
    await expect(page.getByRole('row', { name: 'Legal notices' })).toContainText('Works')
  })

  await test.step('a holder sees who stands behind the entry, and may write to it', async () => {
    const haruka = await newPerson(browser, { locale: 'en-GB' })
    await signIn(haruka, 'studio')
    await haruka.goto(`/vendors?q=${encodeURIComponent(name)}`)
    await haruka.getByRole('link', { name }).click()
    await expect(haruka.getByText(`${domain}, proven by DNS on`)).toBeVisible()
    await expect(haruka.getByRole('link', { name: 'File a notice' })).toBeVisible()
    await haruka.context().close()
  })
})

test('a member suggests a correction, and the operator accepts one and declines another with a reason', async ({
  browser,
}) => {
  const haruka = await newPerson(browser, { javaScriptEnabled: false })
  await signIn(haruka, 'studio')
  await haruka.goto('/vendors')
  await haruka.goto(`/vendors?q=${encodeURIComponent(name)}`)
  await haruka.getByRole('link', { name }).click()
  for (const model of ['Deep 1', 'Deep 2']) {
    await haruka.getByRole('link', { name: 'Suggest a correction' }).click()
    await haruka.getByLabel('What is to be corrected').selectOption('model')
    await haruka.getByLabel('What should stand there').fill(model)
    await haruka.getByRole('button', { name: 'Send the suggestion' }).click()
    await expect(haruka.getByRole('alert')).toBeVisible()
    await haruka.getByLabel('Page where it is written').fill(`https://www.${domain}/models`)
    await haruka.getByRole('button', { name: 'Send the suggestion' }).click()
    await expect(haruka.getByRole('status')).toContainText('The operator has your suggestion')
  }

  const before = newestMail()
  const sam = await newPerson(browser)
  await signIn(sam, 'operator')
  await sam.goto('/operator/corrections')
  await expectAccessible(sam)
  const suggestion = (model: string) => sam.getByRole('article', { name: `${name}: ${model}` })
  await suggestion('Deep 1').getByRole('button', { name: 'Accept' }).click()
  await expect(sam.getByRole('status')).toContainText('The suggestion is accepted')
  await suggestion('Deep 2').getByText('Decline, with a reason').click()
  await suggestion('Deep 2').getByRole('button', { name: 'Decline' }).click()
  await expect(sam.getByRole('alert')).toContainText('Say why')
  await suggestion('Deep 2').getByLabel('Reason').fill('The page names another model.')
  await suggestion('Deep 2').getByRole('button', { name: 'Decline' }).click()
  await expect(sam.getByRole('status')).toContainText('The suggestion is declined')
  await haruka.reload()
  await expect(haruka.getByRole('row', { name: 'Deep 1' })).toContainText(domain)
  const mail = await waitForMail({ to: 'studio@demo.test', after: before, subject: /declined|反映されません/ })
  expect(mail.text).toContain('The page names another model.')
})
