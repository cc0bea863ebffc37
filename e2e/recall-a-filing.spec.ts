import { file, prepareFiling } from './support/filing.ts'
import { newestMail, readMailbox, waitForMail } from './support/mailbox.ts'
import { expect, signIn, sql, test, withoutUndo } from './support/portal.ts'

const kanata = 'Kanata Models (demo)'
const halcyon = 'Halcyon Video (demo)'

async function studioName(): Promise<string> {
  const [person] = await sql<{ name: string }>(`select name from person where email = 'studio@demo.test'`)
  return person?.name ?? ''
}

async function noticesOf(reference: string): Promise<{ reference: string; stage: string }[]> {
  return sql(
    'select n.reference, n.stage from notice n join filing f on f.id = n.filing_id where f.reference = $1 order by n.id',
    [reference],
  )
}

test('a filing is recalled within the undo window: nothing is sent, everything is kept, and it goes again under its references', async ({
  page,
}) => {
  await signIn(page, 'studio')
  const before = newestMail()
  const draft = await prepareFiling(page, {
    vendors: [kanata, halcyon],
    signatory: await studioName(),
    paragraph: 'Written before the recall.',
  })
  const reference = await file(page)
  const first = await noticesOf(reference)
  await expect(page.getByText(/^Sent .+ unless you recall it\.$/)).toBeVisible()

  await page.getByRole('button', { name: 'Recall' }).click()
  await expect(page).toHaveURL(`${draft}/check`)
  await expect(page.getByRole('article').first()).toContainText('Written before the recall.')
  expect((await noticesOf(reference)).map(({ stage }) => stage)).toEqual(['draft', 'draft'])
  await page.goto('/filings')
  await expect(page.getByRole('row', { name: reference })).toContainText('Recalled')
  await page.goto(`/filings/${reference}`)
  await expect(page.getByRole('status')).toContainText('Nothing was sent')

  await page.getByRole('link', { name: 'Open the draft' }).click()
  expect(await file(page)).toBe(reference)
  expect((await noticesOf(reference)).map((notice) => notice.reference)).toEqual(
    first.map((notice) => notice.reference),
  )
  await page.getByRole('button', { name: 'Recall' }).click()
  await expect(page).toHaveURL(`${draft}/check`)
  expect(
    (await readMailbox(before)).filter(({ subject }) => first.some((notice) => subject.includes(notice.reference))),
  ).toEqual([])
})

test('once the letters are on their way, nothing is recalled', async ({ page }) => {
  await signIn(page, 'studio')
  await prepareFiling(page, { vendors: [kanata], signatory: await studioName() })
  const restore = await withoutUndo('hoshizora')
  try {
    const before = newestMail()
    const reference = await file(page)
    const [notice] = await noticesOf(reference)
    await waitForMail({ to: 'legal@kanata.test', subject: notice?.reference ?? '', after: before })
    const recall = page.getByRole('button', { name: 'Recall' })
    if (await recall.isVisible()) {
      await recall.click()
      await expect(page.getByRole('status')).toContainText('cannot be recalled any more')
    }
    await page.goto(`/filings/${reference}`)
    await expect(page.getByText('The letters are on their way.')).toBeVisible()
    await expect(recall).toHaveCount(0)
    expect((await noticesOf(reference))[0]?.stage).not.toBe('draft')
  } finally {
    await restore()
  }
})
