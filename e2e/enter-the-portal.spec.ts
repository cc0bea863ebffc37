import { newestMail, linkIn, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, test } from './support/portal.ts'

test.describe.configure({ mode: 'serial' })

const password = 'ledger pencil otter'
// Each run has people of its own, so that the story can be told twice to one portal.
const run = Date.now().toString(36)
const kenji = `kenji-${run}@hoshizora.test`
const mika = `mika-${run}@hoshizora.test`

test('somebody new signs up, confirms the address, founds an organisation and invites a colleague', async ({
  page,
  browser,
}) => {
  const before = newestMail()
  await page.goto('/')
  await page.getByRole('link', { name: 'Create an account' }).first().click()
  await page.getByLabel('Your name').fill('Kenji Ono')
  await page.getByLabel('E-mail address').fill(kenji)
  await page.getByLabel('Password').fill(password)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible()

  const mail = await waitForMail({ to: kenji, after: before, subject: 'Confirm' })
  await page.goto(linkIn(mail, '/confirm-address'))
  await expect(page.getByText(kenji)).toBeVisible()
  await page.getByLabel('Password').fill('not what was chosen')
  await page.getByRole('button', { name: 'Confirm the address' }).click()
  await expect(page.getByRole('alert')).toContainText('not the password')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Confirm the address' }).click()

  await expect(page.getByRole('heading', { name: 'Your organisation' })).toBeVisible()
  await page.getByRole('button', { name: 'Create the organisation' }).click()
  await expect(page.getByRole('alert')).toContainText('Choose what the organisation is.')
  await expectAccessible(page)
  await page.getByRole('radio', { name: 'Rights holder' }).check()
  await page.getByLabel('Name of the organisation').fill(`Hoshizora ${run}`)
  await page.getByLabel('Street address').fill('1-2-3 Example')
  await page.getByLabel('City or town').fill('Tokyo')
  await page.getByLabel('Country').selectOption('JP')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.getByRole('button', { name: 'Create the organisation' }).click()
  await expect(page).toHaveURL(/\/home$/)

  await page.goto('/team')
  await page.getByLabel('E-mail address').fill(mika)
  await page.getByRole('radio', { name: 'Editor' }).check()
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByRole('status')).toContainText('on its way')
  await expect(page.getByRole('row', { name: mika })).toContainText('Kenji Ono')
  await expectAccessible(page)

  const invitation = linkIn(await waitForMail({ to: mika, after: before }), '/invitations/')
  const colleague = await newPerson(browser)
  await colleague.goto(invitation)
  await expect(colleague.getByRole('heading', { name: `Kenji Ono invites you to Hoshizora ${run}` })).toBeVisible()
  await colleague.getByLabel('Your name').fill('Mika Sato')
  await colleague.getByLabel('Password').fill(password)
  await colleague.getByRole('button', { name: `Join Hoshizora ${run}` }).click()
  await expect(colleague).toHaveURL(/\/home$/)

  await test.step('the invitation is used up', async () => {
    const third = await newPerson(browser)
    await third.goto(invitation)
    await expect(third.getByText('It has been accepted.')).toBeVisible()
  })

  await test.step('a role holds from the next page on', async () => {
    await colleague.goto('/team')
    await expect(colleague.getByText('Only an owner invites people')).toBeVisible()
    await page.goto('/team')
    const row = page.getByRole('row', { name: 'Mika Sato' })
    await row.getByText('Change the role').click()
    await row.getByLabel('Role of Mika Sato').selectOption('owner')
    await row.getByRole('button', { name: 'Give this role' }).click()
    await expect(page.getByRole('status')).toContainText('The role was changed')
    await colleague.reload()
    await expect(colleague.getByRole('heading', { name: 'Invite a colleague' })).toBeVisible()
  })

  await test.step('one who is removed is out with the next click', async () => {
    await page.getByRole('row', { name: 'Mika Sato' }).getByRole('link', { name: 'Remove' }).click()
    await expect(page.getByText('They can be invited again.')).toBeVisible()
    await page.getByRole('button', { name: 'Remove Mika Sato' }).click()
    await expect(page.getByRole('status')).toContainText('removed')
    await colleague.goto('/team')
    await expect(colleague).toHaveURL(/\/welcome$/)
  })
})

test('a forgotten password is set anew, and whoever was signed in is out', async ({ page, browser }) => {
  const before = newestMail()
  const there = await newPerson(browser)
  await there.goto('/sign-in')
  await there.getByLabel('E-mail address').fill(kenji)
  await there.getByLabel('Password').fill(password)
  await there.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(there).toHaveURL(/\/home$/)

  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Set a new password' }).click()
  await page.getByLabel('E-mail address').fill(kenji)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.goto(
    linkIn(await waitForMail({ to: kenji, after: before, subject: 'Choose a new password' }), '/reset-password'),
  )
  await page.getByLabel('New password').fill('harbour lantern seven')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('status').first()).toContainText('Your new password is set')

  await there.goto('/team')
  await expect(there).toHaveURL(/\/sign-in/)
  await page.getByLabel('E-mail address').fill(kenji)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('do not fit together')
  await page.getByLabel('Password').fill('harbour lantern seven')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/home$/)
})

test('the portal speaks Japanese to whoever asks, signed in or not, without script', async ({ browser }) => {
  const page = await newPerson(browser, { javaScriptEnabled: false })
  await page.goto('/sign-in?next=%2Fteam')
  await page.getByRole('button', { name: '日本語' }).click()
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fteam$/)
  await expect(page.getByRole('heading', { name: 'サインイン' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja')
  await page.getByLabel('メールアドレス').fill('nobody@example')
  await page.getByRole('button', { name: 'サインインする' }).click()
  await expect(page.getByRole('alert')).toContainText('メールアドレスを入力してください')
})
