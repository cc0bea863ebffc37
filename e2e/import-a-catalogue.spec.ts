import { readFileSync } from 'node:fs'
import { newestMail, linkIn, waitForMail } from './support/mailbox.ts'
import { workbookOf } from '#test/workbooks.ts'
import { expect, expectAccessible, newPerson, signIn, test } from './support/portal.ts'

const films = 'test/fixtures/catalogues/madb-films.csv'
const fileOf = (name: string, content: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })

async function aNewCatalogue(page: import('@playwright/test').Page, name: string): Promise<string> {
  await page.goto('/catalogues')
  await page.getByRole('link', { name: 'New catalogue' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create the catalogue' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  return page.url()
}

test('a studio imports a file: it sees what would change, decides, imports, is mailed, finds its works', async ({
  page,
}) => {
  const before = newestMail()
  await signIn(page, 'studio')
  const catalogue = await aNewCatalogue(page, `Imported films ${Date.now()}`)
  await page.getByRole('link', { name: 'Import a file' }).click()
  await expectAccessible(page)
  await page.getByLabel('File').setInputFiles(films)
  await page.getByRole('button', { name: 'Read the file' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('madb-films.csv')
  await expect(page.getByText('8 rows, 11 columns, UTF-8 with commas.')).toBeVisible()
  await expect(page.getByLabel('Field for title_ja')).toHaveValue('titleJa')
  await expect(page.getByRole('row', { name: 'New works 8' })).toBeVisible()
  await expectAccessible(page)

  // One title holds a mark that may be a lost character. What is imported is what was counted.
  await page.getByLabel('Remove the mark').check()
  await page.getByRole('button', { name: 'Import 8 changes as version 1' }).click()
  await expect(page.getByText('Counted again with your choices.')).toBeVisible()
  await page.getByRole('button', { name: 'Import 8 changes as version 1' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Imported madb-films.csv', { timeout: 30_000 })
  await expectAccessible(page)

  const mail = await waitForMail({ to: 'studio@demo.test', subject: 'Imported films', after: before })
  await page.goto(linkIn(mail, '/import/'))
  await expect(page.getByText('The catalogue is now at version 1.')).toBeVisible()

  await page.goto(catalogue)
  await page.getByLabel('Search these works').fill('ととろ')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByText('1 work matches.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'となりのトトロ' }).click()
  await expect(page.getByText('MY NEIGHBOR TOTORO')).toBeVisible()
  await expectAccessible(page)
})

test('rejected rows come back with reasons, and a work by hand makes a version', async ({ page }) => {
  await signIn(page, 'studio')
  const catalogue = await aNewCatalogue(page, `Rejected rows ${Date.now()}`)
  await page.goto(`${catalogue}/import`)
  await page.getByLabel('File').setInputFiles(fileOf('rows.csv', 'id;title;isbn\nA;One;439023483\nB;;\nA;Twice;\n'))
  await page.getByRole('button', { name: 'Read the file' }).click()
  await expect(page.getByText('439023483').first()).toBeVisible()
  await expect(page.getByText('9780439023481').first()).toBeVisible()
  const remarks = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download all remarks' }).click()
  expect(readFileSync((await (await remarks).path()) ?? '', 'utf8')).toContain(
    '2,ISBN: Identifier looks damaged,439023483,9780439023481',
  )
  await page.getByRole('button', { name: 'Import 1 change as version 1' }).click()
  await expect(page.getByText('2 rows were not imported.')).toBeVisible({ timeout: 30_000 })
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download it with reasons' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('rows-rejected.csv')
  expect(readFileSync((await file.path()) ?? '', 'utf8')).toContain(
    '4,An earlier row has the same external id.,A,Twice,',
  )

  await page.goto(`${catalogue}/works/new`)
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Work by hand')
  await page.getByRole('textbox', { name: /^Identifiers/ }).fill('ISBN 439023483')
  await page.getByRole('button', { name: 'Add the work' }).click()
  await expect(page.getByText('Did you mean 9780439023481?').first()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Work by hand')
  await page.getByRole('textbox', { name: /^Identifiers/ }).fill('ISBN 9780439023481')
  await page.getByRole('button', { name: 'Add the work' }).click()
  await expect(page.getByText('Saved as version 2.')).toBeVisible()
})

test('a workbook is read from its first visible sheet, and from another one when that is chosen', async ({ page }) => {
  const workbook = await workbookOf(
    {
      Memo: (sheet) => sheet.addRows([['memo'], ['internal']]),
      Films: (sheet) =>
        sheet.addRows([
          ['id', 'title', 'isbn'],
          ['A', '銀河鉄道の夜', 9_784_041_026_229],
        ]),
      Series: (sheet) =>
        sheet.addRows([
          ['id', 'title'],
          ['B', 'One'],
          ['C', 'Two'],
        ]),
    },
    ({ worksheets: [memo] }) => {
      if (memo) memo.state = 'hidden'
    },
  )
  await signIn(page, 'press')
  await page.goto(`${await aNewCatalogue(page, `Workbook ${Date.now()}`)}/import`)
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.locator('input[type=file]').setInputFiles({ name: 'works.xlsx', mimeType, buffer: workbook })
  await page.getByRole('button', { name: 'Read the file' }).click()
  await expect(page.getByText('sheet “Films”')).toBeVisible()
  await expect(page.getByText('9784041026229').first()).toBeVisible()
  await expect(page.getByLabel('Sheet').locator('option')).toHaveText([
    /^Memo \(hidden, /u,
    /^Films \(/u,
    /^Series \(/u,
  ])
  await expectAccessible(page)
  await page.getByLabel('Sheet').selectOption({ index: 2 })
  await page.getByRole('button', { name: 'Count again' }).click()
  await expect(page.getByText('sheet “Series”')).toBeVisible()
  await page.locator('button[value=import]').click()
  await expect(page.locator('tfoot td.n')).toHaveText('2', { timeout: 30_000 })
})

test('without script, in Japanese, and with a workbook instead of a CSV', async ({ browser }) => {
  const page = await newPerson(browser, { javaScriptEnabled: false, locale: 'ja-JP' })
  await signIn(page, 'press')
  await page.goto('/catalogues/new')
  await page.locator('input[name=name]').fill(`目録 ${Date.now()}`)
  await page.locator('main form button').click()
  const catalogue = page.url()
  await page.goto(`${catalogue}/import`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'book.csv', mimeType: 'text/csv', buffer: Buffer.from('PK\u0003\u0004..xl/workbook.xml') })
  await page.locator('main form button').click()
  await expect(page.getByRole('alert')).toContainText('The workbook is damaged')
  await page.locator('input[type=file]').setInputFiles(fileOf('一覧.csv', '管理番号,作品名\nA,一\nB,二\n'))
  await page.locator('main form button').click()
  await page.locator('button[value=import]').click()
  // The page loads again by itself until it is done.
  await expect(page.locator('a[href$="/import"], a[href^="/catalogues/"].go').last()).toBeVisible()
  await expect(page.locator('tfoot td.n')).toHaveText('2', { timeout: 30_000 })
  await page.context().close()
})
