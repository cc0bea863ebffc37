import { newestMail, readMailbox, waitForMail } from './support/mailbox.ts'
import { expect, test } from './support/portal.ts'

const run = Date.now().toString(36)

/** One answer, as somebody who looks for differences sees it: status, where to, headers and body. */
async function answerTo(
  request: import('@playwright/test').APIRequestContext,
  path: string,
  form: Record<string, string>,
) {
  const response = await request.post(path, {
    form,
    maxRedirects: 0,
    headers: { origin: process.env['CAVEAT_URL'] ?? '' },
  })
  // The nonce of the page's policy and the number to quote differ from any answer to any other.
  const body = (await response.text()).replaceAll(/nonce="[^"]*"|nonce-[\w+/=-]+|E-[0-9A-F]{6}/g, '')
  const headers = Object.fromEntries(
    Object.entries(response.headers()).filter(
      ([name]) => !['date', 'content-security-policy', 'set-cookie'].includes(name),
    ),
  )
  return { status: response.status(), headers, body: body.replaceAll(form['email'] ?? '', '') }
}

for (const [what, path, form, status] of [
  ['signing in', '/sign-in', { password: 'certainly wrong words', next: '/home' }, 400],
  ['signing up', '/sign-up', { name: 'Some Body', password: 'ledger pencil otter' }, 303],
  ['asking for another password', '/forgot-password', {}, 303],
] as const) {
  test(`${what} tells nobody whether an address is known`, async ({ playwright, baseURL }) => {
    const request = await playwright.request.newContext({ baseURL: baseURL ?? '' })
    const known = await answerTo(request, path, { ...form, email: 'press@demo.test' })
    const unknown = await answerTo(request, path, { ...form, email: `never-${run}@example.test` })
    expect(known).toEqual(unknown)
    expect(known.status).toBe(status)
    await request.dispose()
  })
}

// Whatever else the machine does makes an answer slower, never faster.
const fastest = (all: number[]): number => Math.min(...all)

test('nor does the time of the answer', async ({ request }) => {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  for (let round = 0; round < 8; round += 1) {
    for (const kind of ['known', 'unknown'] as const) {
      const email = kind === 'known' ? 'association@demo.test' : `other-${run}@example.test`
      const begun = performance.now()
      await answerTo(request, '/sign-in', { email, password: 'certainly wrong words', next: '/home' })
      times[kind].push(performance.now() - begun)
    }
  }
  // Hashing a password takes tens of milliseconds, not hashing it would show.
  expect(fastest(times.known) / fastest(times.unknown)).toBeGreaterThan(0.5)
  expect(fastest(times.known) / fastest(times.unknown)).toBeLessThan(2)
})

test('a sign-up with a known address mails its owner, who learns that an account is there', async ({ request }) => {
  const before = newestMail()
  await answerTo(request, '/sign-up', { name: 'Some Body', password: 'ledger pencil otter', email: 'vendor@demo.test' })
  const mail = await waitForMail({ to: 'vendor@demo.test', after: before, subject: 'You already have' })
  expect(mail.text).toContain('/sign-in')
  expect(mail.text).not.toContain('Some Body')
  expect((await readMailbox(before)).filter(({ text }) => text.includes('/confirm-address'))).toEqual([])
})
