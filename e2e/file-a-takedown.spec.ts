import { chooseVendors, file, sign, startFiling } from './support/filing.ts'
import { linkIn, newestMail, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test, withoutUndo } from './support/portal.ts'
import { northlight } from './support/served.ts'

const urls = ['https://outputs.example/horus/1', 'https://outputs.example/horus/2', 'https://outputs.example/tower/3']

async function studioName(): Promise<string> {
  const [person] = await sql<{ name: string }>(`select name from person where email = 'studio@demo.test'`)
  return person?.name ?? ''
}

test('section 512(c) is refused for training, and the way that is offered loses nothing typed', async ({ page }) => {
  await signIn(page, 'studio')
  const draft = await startFiling(page, 'Takedown')
  await page.goto(`${draft}/scope`)
  await page.getByLabel('Catalogue', { exact: true }).selectOption({ index: 1 })
  await page.getByRole('radio', { name: 'All of the catalogue' }).check()
  await page.getByRole('checkbox', { name: '6. Remove output URLs' }).check()
  await page.getByRole('checkbox', { name: '1. Stop future training' }).check()
  await page.getByRole('radio', { name: 'Objection' }).check()
  await page.getByRole('button', { name: 'Continue to basis' }).click()

  await page.getByRole('checkbox', { name: 'United States, section 512(c)' }).check()
  await expect(page.getByText('Section 512(f)')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Cease and desist' }).uncheck()
  await page.getByLabel('Locations of the outputs').fill(urls.join('\n'))
  await page.getByLabel('Your own paragraph').fill('Words that must not be lost.')
  await page.getByLabel('Products, models and versions').fill('NL-Video 2')
  await page.getByRole('button', { name: 'Save draft' }).click()

  await expect(page.getByText('It is about material that a service hosts for its users.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Use cease and desist instead' }).click()
  await expect(page.getByText('It is about material that a service hosts for its users.')).toHaveCount(0)
  await expect(page.getByRole('checkbox', { name: 'Cease and desist' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'United States, section 512(c)' })).not.toBeChecked()
  await expect(page.getByLabel('Locations of the outputs')).toHaveValue(urls.join('\n'))
  await expect(page.getByLabel('Your own paragraph')).toHaveValue('Words that must not be lost.')
  await expect(page.getByLabel('Products, models and versions')).toHaveValue('NL-Video 2')
})

test('a takedown of three locations is filed on two bases, received, and answered', async ({ browser }) => {
  const restore = await withoutUndo('hoshizora')
  const before = newestMail()
  let reference = ''
  try {
    const page = await newPerson(browser)
    await signIn(page, 'studio')
    const [work] = await sql<{ external_id: string; title: string }>(
      `select w.external_id, w.title from work w join catalogue c on c.id = w.catalogue_id join organisation o on o.id = c.organisation_id
       where o.slug = 'hoshizora' and w.valid_to is null order by w.title, w.work_id limit 1`,
    )
    const draft = await startFiling(page, 'Takedown')
    await chooseVendors(page, [northlight.name])
    await page.getByRole('button', { name: 'Continue to scope' }).click()
    await page.getByLabel('Catalogue', { exact: true }).selectOption({ index: 1 })
    await page.getByRole('radio', { name: 'All of the catalogue' }).check()
    await page.getByRole('checkbox', { name: '6. Remove output URLs' }).check()
    await page.getByRole('radio', { name: 'Objection' }).check()
    await page.getByRole('button', { name: 'Continue to basis' }).click()

    await test.step('each missing element is told at its own field', async () => {
      await page.getByRole('checkbox', { name: 'Cease and desist' }).uncheck()
      await page.getByRole('checkbox', { name: 'EU Digital Services Act, Article 16' }).check()
      await page.getByRole('checkbox', { name: 'United States, section 512(c)' }).check()
      await page.getByRole('button', { name: 'Save draft' }).click()
      await expect(page.getByText('Still missing: the exact location of each item.')).toBeVisible()
      await expect(page.getByText('Still missing: why the content is illegal.')).toBeVisible()
      await expectAccessible(page)
    })
    await page.getByLabel('Why the content is illegal').fill('The items reproduce the leading character.')
    await page.getByLabel('Products, models and versions').fill('NL-Video 2')
    await page
      .getByLabel('Locations of the outputs')
      .fill(`${urls[0]} ${work?.external_id}\nnot an address\n${urls[2]}`)
    await sign(page, await studioName())
    await page.getByRole('button', { name: 'Continue to check' }).click()
    await expect(page.getByRole('alert')).toContainText('Line 2 does not begin with a web address')
    await page.getByLabel('Locations of the outputs').fill(`${urls[0]} ${work?.external_id}\n${urls[1]}\n${urls[2]}`)
    await sign(page, await studioName())
    await page.getByRole('button', { name: 'Continue to check' }).click()
    await expect(page).toHaveURL(`${draft}/check`)
    const letter = page.getByRole('article').first()
    for (const url of urls) await expect(letter).toContainText(url)
    await expect(letter).toContainText(`which concerns “${work?.title}”`)
    await expect(letter).toContainText('under penalty of perjury')
    await expectAccessible(page)
    const filing = await file(page)
    const [notice] = await sql<{ reference: string }>(
      'select n.reference from notice n join filing f on f.id = n.filing_id where f.reference = $1',
      [filing],
    )
    reference = notice?.reference ?? ''
    await page.goto(`/notices/${reference}`)
    await expect(page.getByRole('table', { name: 'Locations of the outputs' })).toContainText(urls[2] ?? '')
    await page.context().close()
  } finally {
    await restore()
  }

  const [contact] = await sql<{ address: string }>(
    'select c.address from notice n join vendor_contact c on c.id = n.contact_id where n.reference = $1',
    [reference],
  )
  const mail = await waitForMail({ to: contact?.address ?? '', subject: reference, after: before })
  for (const url of urls) expect(mail.text).toContain(url)

  await test.step('the link shows bases and locations, and receives', async () => {
    const page = await newPerson(browser)
    const link = linkIn(mail, '/n/')
    await page.goto(link)
    const table = page.getByRole('table', { name: 'Locations of the outputs' })
    for (const url of urls) await expect(table).toContainText(url)
    await expect(page.getByText('EU Digital Services Act, art. 16')).toBeVisible()
    await expect(page.getByText('United States, 17 U.S.C. § 512(c)')).toBeVisible()
    await expectAccessible(page)
    const csv = await page.request.get(`${link}/locations.csv`)
    expect(await csv.text()).toContain(`2,${urls[1]},,`)
    await page.locator('form#acknowledge').getByLabel('Your name').fill('Dana Whitfield')
    await page.locator('form#acknowledge').getByLabel('Your role').fill('rights operations')
    await page.getByRole('button', { name: 'Confirm receipt' }).click()
    await expect(page.getByRole('status')).toContainText('Your receipt is recorded')
    await page.context().close()
  })

  await test.step('the vendor answers, and the notice is decided', async () => {
    const page = await newPerson(browser)
    await signIn(page, 'vendor')
    await page.goto(`/notices/${reference}`)
    await expect(page.getByRole('table', { name: 'Locations of the outputs' })).toContainText(urls[0] ?? '')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Answer work by work' }).click()
    await page.locator('#d-REMOVE_OUTPUT_URLS-outcome').selectOption({ label: 'Removed' })
    await page.getByRole('button', { name: 'Review and record' }).click()
    await page.getByRole('button', { name: /^Record \d+ answers$/ }).click()
    await expect(page.getByRole('status')).toContainText('answers recorded')
    const [notice] = await sql<{ stage: string; outcome: string }>(
      'select stage, outcome from notice where reference = $1',
      [reference],
    )
    expect(notice).toEqual({ stage: 'decided', outcome: 'all' })
    await page.context().close()
  })
})
