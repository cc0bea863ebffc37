import { newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, signInAs, sql, test } from './support/portal.ts'

const paper = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

test('a member gives an association a mandate, narrows it and revokes it; from that moment nothing is seen', async ({
  browser,
}) => {
  const [notice] = await sql<{ reference: string }>(
    `select n.reference from notice n join organisation o on o.id = n.holder_organisation_id
      where o.slug = 'akariza' and n.stage in ('sent', 'delivered', 'acknowledged', 'in_review') order by n.id limit 1`,
  )
  const reference = notice?.reference ?? ''
  const shiori = await newPerson(browser)
  await signInAs(shiori, 'theatre@demo.test', 'caveat-demo')
  await shiori.getByRole('banner').getByRole('button', { name: 'English' }).first().click()
  const aya = await newPerson(browser)
  await sql(`update person set locale = 'ja' where email = 'association@demo.test'`)
  await signIn(aya, 'association')

  await test.step('without a mandate the association sees nothing of the member', async () => {
    const answer = await aya.goto(`/notices/${reference}`)
    expect(answer?.status()).toBe(404)
  })

  await test.step('the member signs terms and adds the paper', async () => {
    await shiori.goto('/settings/mandates')
    await shiori.getByRole('link', { name: 'Give a mandate' }).click()
    await shiori.getByLabel('Association').selectOption({ label: 'Content Alliance (demo)' })
    await shiori.getByRole('button', { name: 'Continue' }).click()
    await expectAccessible(shiori)
    await shiori.getByRole('radio', { name: 'See and file', exact: true }).check()
    await shiori.getByRole('button', { name: 'Offer it to' }).click()
    await expect(shiori.getByRole('alert')).toContainText('Type your name to sign.')
    await expect(shiori.getByRole('radio', { name: 'See and file', exact: true })).toBeChecked()
    await shiori.getByLabel('Sign with your name').fill('Shiori Hase')
    await shiori.getByLabel('Capacity').fill('Secretary general')
    await shiori
      .getByLabel(/^Document/)
      .setInputFiles({ name: 'mandate.pdf', mimeType: 'application/pdf', buffer: paper })
    await shiori.getByRole('button', { name: 'Offer it to' }).click()
    await expect(shiori.getByRole('status')).toContainText('The offer waits')
    await expect(shiori.getByText(/^SHA-256 [0-9a-f]{64}/).first()).toBeVisible()
  })

  await test.step('the association reads it and accepts', async () => {
    await aya.goto('/association/mandates?show=waiting')
    await aya.getByRole('link', { name: '灯座（デモ）' }).click()
    await expectAccessible(aya)
    await aya.getByRole('button', { name: '承諾する' }).click()
    await expect(aya.getByRole('status')).toContainText('委任が有効になりました。')
    const download = aya.waitForEvent('download')
    await aya.getByRole('link', { name: 'mandate.pdf' }).first().click()
    expect((await download).suggestedFilename()).toBe('mandate.pdf')
    const answer = await aya.goto(`/notices/${reference}`)
    expect(answer?.status()).toBe(200)
    await expect(aya.getByRole('link', { name: '取り下げる' })).toBeVisible()
  })

  await test.step('the member narrows it at once: the association only sees', async () => {
    await shiori.reload()
    await expect(shiori.getByText('It can see 3 of your notices.')).toBeVisible()
    await shiori.getByRole('link', { name: 'Change' }).click()
    await shiori.getByRole('radio', { name: 'See', exact: true }).check()
    await shiori.getByLabel('Sign with your name').fill('Shiori Hase')
    await shiori.getByLabel('Capacity').fill('Secretary general')
    await shiori.getByRole('button', { name: 'Sign and save' }).click()
    await expect(shiori.getByRole('status')).toContainText('The narrower version counts from now on.')
    await aya.goto(`/notices/${reference}`)
    await expect(aya.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(aya.getByRole('link', { name: '取り下げる' })).toHaveCount(0)
  })

  await test.step('the member revokes it: the effect first, then nothing is seen, and the association is told', async () => {
    const before = newestMail()
    await shiori.getByRole('link', { name: 'Revoke' }).click()
    await expect(shiori.getByRole('heading', { level: 1 })).toContainText('Revoke the mandate with Content Alliance')
    await expectAccessible(shiori)
    await shiori.getByRole('button', { name: 'Revoke the mandate' }).click()
    await expect(shiori.getByRole('status')).toContainText('The mandate is revoked.')
    const answer = await aya.goto(`/notices/${reference}`)
    expect(answer?.status()).toBe(404)
    await aya.goto('/association/mandates?show=ended')
    await expect(aya.getByRole('row', { name: /灯座/ })).toContainText('撤回')
    await waitForMail({ to: 'association@demo.test', subject: '撤回', after: before })
  })
})

test('an association invites members by a file; each row is told of, and a newcomer is mailed', async ({ browser }) => {
  const aya = await newPerson(browser)
  await sql(`update person set locale = 'ja' where email = 'association@demo.test'`)
  await signIn(aya, 'association')
  await aya.goto('/association/mandates/invite')
  await expectAccessible(aya)
  const before = newestMail()
  const rows = 'name,email,scope\nNewcomer Works,newcomer@works.test,view\nNobody,not an address,view\n'
  await aya
    .getByLabel('会員のファイル')
    .setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) })
  await aya.getByRole('button', { name: 'ファイルの全員を招待する' }).click()
  await expect(aya.getByRole('row', { name: /Newcomer Works/ })).toContainText('登録案内をメールでお送りしました。')
  await expect(aya.getByRole('row', { name: /Nobody/ })).toContainText('メールアドレスではありません。')
  await expectAccessible(aya)
  await waitForMail({ to: 'newcomer@works.test', subject: 'Caveat', after: before })
  await aya.goto('/association/mandates')
  await aya.getByRole('button', { name: 'newcomer@works.testへの招待を取り下げる' }).click()
  await expect(aya.getByText('newcomer@works.test')).toHaveCount(0)
})
