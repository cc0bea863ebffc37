import { Temporal } from 'temporal-polyfill'
import { passTimeTo } from './support/clock.ts'
import { file, prepareFiling } from './support/filing.ts'
import { linkIn, newestMail, readMailbox, waitForMail } from './support/mailbox.ts'
import { expect, expectAccessible, newPerson, signIn, sql, test, withoutUndo } from './support/portal.ts'
import { startPortal, type StartedPortal } from './support/start-portal.ts'

// A vendor without an account, in New York.
const brightwater = { name: 'Brightwater AI (demo)', address: 'rights@brightwater.test', zone: 'America/New_York' }

// Time passes for everybody in a portal: this story has one of its own.
const own: { portal?: StartedPortal; before?: Record<string, string | undefined> } = {}

test.beforeAll(async () => {
  test.setTimeout(300_000)
  const portal = await startPortal(process.env['CAVEAT_PLAYED'])
  own.before = Object.fromEntries(Object.keys(portal.environment).map((name) => [name, process.env[name]]))
  own.portal = portal
  Object.assign(process.env, portal.environment)
})

test.afterAll(async () => {
  await own.portal?.stop()
  for (const [name, value] of Object.entries(own.before ?? {})) {
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
})

/** When a notice is looked at next, as the worker sees it. */
async function nextLook(reference: string): Promise<Date> {
  const [row] = await sql<{ at: Date }>(
    'select min(c.look_at) as at from clock c join notice n on n.id = c.notice_id where n.reference = $1',
    [reference],
  )
  if (!row) throw new Error(`${reference} has no clock that runs`)
  return row.at
}

/** Eight in the morning of the first weekday like this on or after a day, in New York. */
function morning(from: Date, weekday?: number): Date {
  let day = Temporal.Instant.from(from.toISOString()).toZonedDateTimeISO(brightwater.zone).toPlainDate()
  if (from.getTime() > at8(day).getTime()) day = day.add({ days: 1 })
  const ahead = weekday === undefined ? 0 : (weekday - day.dayOfWeek + 7) % 7
  return at8(day.add({ days: ahead }))
}

function at8(day: Temporal.PlainDate): Date {
  const { epochMilliseconds } = day.toZonedDateTime({ timeZone: brightwater.zone, plainTime: '08:00' })
  return new Date(epochMilliseconds + 1000)
}

test('a vendor that does not answer is reminded, chased once for two notices, and summed up on Monday', async ({
  browser,
}) => {
  test.setTimeout(600_000)
  const haruka = await newPerson(browser)
  await signIn(haruka, 'studio')
  const restore = await withoutUndo('hoshizora')
  const [person] = await sql<{ name: string }>(`select name from person where email = 'studio@demo.test'`)
  const references: string[] = []
  for (let count = 0; count < 2; count += 1) {
    const before = newestMail()
    await prepareFiling(haruka, { vendors: [brightwater.name], signatory: person?.name ?? '' })
    const filing = await file(haruka)
    const [notice] = await sql<{ reference: string }>(
      'select n.reference from notice n join filing f on f.id = n.filing_id where f.reference = $1',
      [filing],
    )
    references.push(notice?.reference ?? '')
    await waitForMail({ to: brightwater.address, subject: notice?.reference ?? '', after: before })
  }
  await restore()
  const [first = '', second = ''] = references
  const about = (text: string) => references.filter((reference) => text.includes(reference))

  await test.step('two working days on, one mail reminds of both', async () => {
    const before = newestMail()
    await passTimeTo(await nextLook(first))
    const mail = await waitForMail({ to: brightwater.address, subject: /wait for an answer/, after: before })
    expect(about(mail.text)).toEqual(references)
    expect(mail.text).toContain('in New York')
    expect(mail.text).toContain('in Tokyo')
    expect(mail.email.headers.find(({ key }) => key === 'list-unsubscribe')).toBeUndefined()
  })

  await test.step('past the date both sides hear of it once, and the holder’s home says so', async () => {
    const due = await nextLook(first)
    // A Monday may lie between: its summary comes first.
    await passTimeTo(new Date(due.getTime() - 3_600_000))
    await chasersSince(0)
    const before = newestMail()
    await passTimeTo(due)
    // The mail of that working day, or the summary where it is a Monday.
    for (let day = morning(due), count = 0; count < 4; count += 1, day = morning(new Date(day.getTime() + 3_600_000))) {
      await passTimeTo(day)
      if ((await chasersSince(before)).length > 0) break
    }
    const [chaser, ...more] = await chasersSince(before)
    expect(more).toEqual([])
    expect(about(chaser?.text ?? '')).toEqual(references)
    expect(chaser?.text).toContain('Acknowledgement overdue')
    const told = await waitForMail({ to: 'studio@demo.test', subject: /passed|overdue/i, after: before })
    expect(about(told.text)).toEqual(references)

    await haruka.goto('/home')
    const needs = haruka.getByRole('region', { name: 'What needs you' })
    await expect(needs).toContainText(brightwater.name)
    await haruka.goto('/notices?overdue=acknowledgement')
    await expect(haruka.getByRole('row', { name: new RegExp(first) })).toContainText('Acknowledgement overdue')
    await expectAccessible(haruka)
  })

  await test.step('the holder gives more time, and the sum shows it', async () => {
    await haruka.goto(`/notices/${first}`)
    await haruka.getByRole('link', { name: 'Extend a date' }).click()
    await haruka.getByRole('radio', { name: 'Acknowledge by' }).check()
    await haruka.getByLabel('Working days to add').fill('0')
    await haruka.getByLabel('Reason').fill('Your office was closed.')
    await haruka.getByRole('button', { name: 'Extend the date' }).click()
    await expect(haruka.getByRole('alert')).toContainText('whole number, 1 or more')
    await expect(haruka.getByLabel('Reason')).toHaveValue('Your office was closed.')
    await expectAccessible(haruka)
    const before = newestMail()
    await haruka.getByLabel('Working days to add').fill('20')
    await haruka.getByRole('button', { name: 'Extend the date' }).click()
    await expect(haruka.getByRole('status')).toContainText('The date was extended.')
    await haruka.getByText('How computed').first().click()
    await expect(haruka.getByRole('region', { name: 'Two clocks' })).toContainText('Your office was closed.')
    const mail = await waitForMail({ to: brightwater.address, subject: first, after: before })
    expect(mail.subject).toContain('extended the time to acknowledge')
  })

  await test.step('on Monday at eight one summary says what is open, and one click ends the summaries', async () => {
    const before = newestMail()
    const [{ at } = { at: new Date() }] = await sql<{ at: Date }>(
      `select max(created_at) as at from mail_duty where kind = 'clock-extended'`,
    )
    await passTimeTo(morning(new Date(at.getTime() + 86_400_000), 1))
    const mail = await waitForMail({ to: brightwater.address, subject: /^This week/, after: before })
    expect(about(mail.text)).toEqual(references)
    const link = linkIn(mail, '/unsubscribe/')
    const refused = "select from mail_refusal where address = 'rights@brightwater.test'"
    const nobody = await newPerson(browser)
    await nobody.goto(link)
    await expect(nobody.getByRole('button', { name: 'Stop these mails' })).toBeVisible()
    await expectAccessible(nobody)
    expect(await sql(refused)).toHaveLength(0)
    // What a mail program posts: no cookie, no page before it.
    const posted = await fetch(link, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect(posted.status).toBe(200)
    expect(await sql(refused)).toHaveLength(1)
    await nobody.context().close()
  })

  await test.step('an acknowledged notice is chased no more', async () => {
    const served = (await readMailbox()).findLast(
      ({ to, subject }) => to.includes(brightwater.address) && subject.includes(second),
    )
    if (!served) throw new Error(`No mail carried ${second}`)
    const vendor = await newPerson(browser)
    await vendor.goto(linkIn(served, '/n/'))
    const form = vendor.locator('form#acknowledge')
    await form.getByLabel('Your name').fill('Nora Keane')
    await form.getByLabel('Your role').fill('rights desk')
    await vendor.getByRole('button', { name: 'Confirm receipt' }).click()
    await expect(vendor.getByRole('button', { name: 'Confirm receipt' })).toHaveCount(0)
    const before = newestMail()
    const later = await nextLook(second)
    await passTimeTo(new Date(Math.min(later.getTime() - 86_400_000, Date.now() + 40 * 86_400_000)))
    expect((await chasersSince(before)).filter(({ text }) => text.includes(second))).toEqual([])
    await vendor.context().close()
  })
  await haruka.context().close()
})

/** The chasing mails to the vendor's contact since then, after a moment in which they may arrive. */
async function chasersSince(before: number) {
  await new Promise((done) => setTimeout(done, 5_000))
  const mails = await readMailbox(before)
  return mails.filter(
    ({ to, subject }) => to.includes(brightwater.address) && /wait for an answer|overdue:|^This week/.test(subject),
  )
}
