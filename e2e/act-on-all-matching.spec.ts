import { readFileSync } from 'node:fs'
import { expect, expectAccessible, newPerson, signIn, sql, test } from './support/portal.ts'

/** How many notices the association of the demo sees, of everybody or of one member. */
async function seen(member?: string): Promise<number> {
  const [row] = await sql<{ count: number }>(
    `select count(*)::int as count from notice n join mandate_grant g on g.member_id = n.holder_organisation_id
     join membership b on b.organisation_id = g.association_id join person p on p.id = b.person_id
     where p.email = 'association@demo.test' and n.stage <> 'draft'
       and (n.stage <> 'awaiting_approval' or n.filed_by_organisation_id = b.organisation_id) and g.starts_at <= now()
       and (g.ends_at is null or g.ends_at > now()) and (g.vendors is null or n.vendor_id = any(g.vendors))
       and g.measures is null and g.catalogues is null and ($1::text is null or n.holder_organisation_id::text = $1)`,
    [member ?? null],
  )
  return row?.count ?? 0
}

test('an association acts on all that match but one, and reads what came of each', async ({ browser }) => {
  const aya = await newPerson(browser, { locale: 'en-GB' })
  await signIn(aya, 'association')
  await aya.goto('/association/notices')
  const all = await seen()
  expect(all).toBeGreaterThan(3)
  const left = await aya.locator('tbody a.ref').first().textContent()

  await test.step('all that match are chosen, and one is left out', async () => {
    await aya.getByRole('button', { name: new RegExp(`Choose all ${all} that match|該当する${all}件すべて`) }).click()
    await expect(aya.getByRole('heading', { level: 1 })).toContainText(String(all))
    await aya.locator('input[name=notice]').first().check()
    await aya.locator('button[value=leave-out]').click()
    await expect(aya.getByRole('heading', { level: 1 })).toContainText(String(all - 1))
    await expectAccessible(aya)
  })

  await test.step('a tag is put on each by the worker, with a result for every row', async () => {
    await aya.locator('details:has(input[value=tag]) > summary').click()
    await aya.locator('#tag-tag').fill('Autumn round')
    await aya.locator('details:has(input[value=tag]) button').click()
    await expect
      .poll(
        async () => {
          await aya.reload()
          return aya.getByRole('status').count()
        },
        { timeout: 30_000 },
      )
      .toBe(1)
    await expect(aya.getByRole('status')).toContainText(String(all - 1))
    const tagged = await sql<{ reference: string }>(
      `select n.reference from notice_tag t join notice n on n.id = t.notice_id where t.tag = 'Autumn round'`,
    )
    expect(tagged).toHaveLength(all - 1)
    expect(tagged.map(({ reference }) => reference)).not.toContain(left)
  })

  await test.step('the table finds them by the tag, and a file of them has its hash in the record', async () => {
    await aya.goto('/association/notices?tag=Autumn+round')
    await aya.locator('button[value=choose-all]').click()
    await aya.locator('details:has(input[value=export]) > summary').click()
    await aya.locator('input[name=format][value=csv]').check()
    await aya.locator('details:has(input[value=export]) button').click()
    await expect
      .poll(
        async () => {
          await aya.reload()
          return aya.locator('#file').count()
        },
        { timeout: 30_000 },
      )
      .toBe(1)
    await expectAccessible(aya)
    const download = aya.waitForEvent('download')
    await aya.locator('section[aria-labelledby=file] a').click()
    const path = await (await download).path()
    expect(readFileSync(path, 'utf8').trim().split('\r\n')).toHaveLength(all)
    const [entry] = await sql<{ facts: { sha256: string; notices: number } }>(
      `select facts from audit_entry where kind = 'notices-exported' order by id desc limit 1`,
    )
    expect(entry?.facts.notices).toBe(all - 1)
    await expect(aya.locator('code')).toHaveText(entry?.facts.sha256 ?? '')
  })

  await test.step('no member sees the tags of its association', async () => {
    const haruka = await newPerson(browser)
    await signIn(haruka, 'studio')
    await haruka.goto('/notices/table')
    await expect(haruka.locator('tbody tr').first()).toBeVisible()
    await expect(haruka.getByText('Autumn round')).toHaveCount(0)
    await expectAccessible(haruka)
  })
})
