import type { Page } from '@playwright/test'
import { totpCode } from '#test/totp.ts'
import { linkIn, newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signInAs, test } from './support/portal.ts'

test.describe.configure({ mode: 'serial' })

const password = 'ledger pencil otter'
const email = `kenji-${Date.now().toString(36)}@security.test`
let key = ''
let recoveryCodes: string[] = []

// A code opens one session; the one of the half minute before or after is good as well.
const code = (halfMinutes = 0): string => totpCode(key, new Date(Date.now() + halfMinutes * 30_000))

/** A device with a finger to put on it, as Chromium plays it. */
async function giveAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function signOut(page: Page): Promise<void> {
  const headers = { origin: process.env['CAVEAT_URL'] ?? '' }
  await page.request.post('/sign-out', { headers, form: { sure: 'yes' } })
}

async function typePassword(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('somebody sets up a code app, is given recovery codes once, and is asked for a code from then on', async ({
  browser,
}) => {
  // Everything about the code app works without script.
  const page = await newPerson(browser, { javaScriptEnabled: false })
  const before = newestMail()
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Kenji Ono')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.goto(linkIn(await waitForMail({ to: email, after: before }), '/confirm-address'))
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Confirm the address' }).click()
  await page.getByRole('radio', { name: 'Rights holder' }).check()
  await page.getByLabel('Name of the organisation').fill('Hoshizora Security')
  await page.getByLabel('Street address').fill('1-2-3 Example')
  await page.getByLabel('City or town').fill('Tokyo')
  await page.getByLabel('Country').selectOption('JP')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.getByRole('button', { name: 'Create the organisation' }).click()

  await page.goto('/settings/sign-in')
  await page.getByRole('link', { name: 'Set up' }).click()
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Set up a code app' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Set up a code app' }).click()
  await expect(page.getByRole('img', { name: 'QR code for the code app' })).toBeVisible()
  key = await page.locator('code').innerText()
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await expect(page.getByRole('alert')).toContainText('not the code now')
  await page.getByLabel('Code', { exact: true }).fill(code(-1))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await expect(page.getByText('These codes are shown once.')).toBeVisible()
  recoveryCodes = await page.locator('.codes li').allInnerTexts()
  expect(recoveryCodes).toHaveLength(10)
  const file = await page.request.get('/settings/recovery-codes/codes.txt')
  for (const each of recoveryCodes) expect(await file.text()).toContain(each)
  await page.getByRole('button', { name: 'I have put them away' }).click()
  await expect(page.getByText('10 of 10 are left')).toBeVisible()
  await page.goto('/settings/recovery-codes')
  await expect(page.getByText('shown once, right after')).toBeVisible()
  const told = await waitForMail({ to: email, after: before, subject: 'The code app was turned on' })
  expect(told.text).toContain('Tokyo')

  await test.step('a password alone opens nothing', async () => {
    const there = await newPerson(browser, { javaScriptEnabled: false })
    const since = newestMail()
    await typePassword(there)
    await expect(there.getByRole('heading', { name: 'One more step' })).toBeVisible()
    expect((await there.request.get('/home', { maxRedirects: 0 })).status()).toBe(303)
    await there.getByLabel('Code', { exact: true }).fill(code())
    await there.getByRole('checkbox').first().check()
    await there.getByRole('button', { name: 'Sign in' }).first().click()
    await expect(there).toHaveURL(/\/home$/)
    const mail = await waitForMail({ to: email, after: since, subject: 'New sign-in' })
    expect(mail.text).toContain('This was not me')

    await signOut(there)
    await typePassword(there)
    await expect(there, 'a trusted browser is not asked again').toHaveURL(/\/home$/)
  })
})

test('a recovery code opens the account once', async ({ browser }) => {
  for (const lets of [true, false]) {
    const page = await newPerson(browser)
    await typePassword(page)
    await page.getByText('Use a recovery code').click()
    await page.getByLabel('Recovery code').fill(recoveryCodes[0]?.toUpperCase() ?? '')
    await page.getByRole('button', { name: 'Sign in' }).last().click()
    if (lets) await expect(page).toHaveURL(/\/home$/)
    else await expect(page.getByRole('alert')).toContainText('none of your recovery codes')
    await page.context().close()
  }
})

test('a passkey is added, signs in without a password, and is removed', async ({ page }) => {
  await giveAuthenticator(page)
  await typePassword(page)
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Code', { exact: true }).fill(code(1))
  await page.getByRole('button', { name: 'Sign in' }).first().click()
  await expect(page).toHaveURL(/\/home$/)

  const before = newestMail()
  await page.goto('/settings/passkeys')
  await expectAccessible(page)
  await page.getByLabel('Name').fill('Laptop in the office')
  await page.getByRole('button', { name: 'Add the passkey' }).click()
  await expect(page.getByRole('status').first()).toContainText('The passkey is added.')
  await expect(page.getByRole('row', { name: 'Laptop in the office' })).toBeVisible()
  await waitForMail({ to: email, after: before, subject: 'A passkey was added' })
  await page.goto('/settings/second-factor')
  await expectAccessible(page)
  await page.goto('/settings/sign-in')
  await expectAccessible(page)

  await signOut(page)
  await page.goto('/sign-in?next=%2Fsettings%2Fpasskeys')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(/\/settings\/passkeys$/)
  await page.getByText('Rename or remove').click()
  await page.getByRole('button', { name: 'Remove Laptop in the office' }).click()
  await expect(page.getByText('No passkey yet.')).toBeVisible()

  await test.step('the device still offers it, and it opens nothing', async () => {
    await signOut(page)
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await expect(page.getByText('The passkey did not sign you in.')).toBeVisible()
  })
})

test('without script the pages say so, and "this was not me" ends every session', async ({ browser }) => {
  const page = await newPerson(browser, { javaScriptEnabled: false })
  await page.goto('/sign-in')
  await expect(page.getByText('Passkeys need JavaScript.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeHidden()

  const stranger = await newPerson(browser)
  const before = newestMail()
  await signInAs(stranger, 'press@demo.test', 'caveat-demo')
  const mail = await waitForMail({ to: 'press@demo.test', after: before, subject: /sign-in|サインイン/ })
  await page.goto(linkIn(mail, '/not-me'))
  await page.getByRole('button', { name: 'End every session' }).click()
  await expect(page).toHaveURL(/\/reset-password/)
  await stranger.goto('/home')
  await expect(stranger).toHaveURL(/\/sign-in/)
})
