import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Browser, type Page } from '@playwright/test'
import pg from 'pg'
import { join } from 'node:path'
import { findRunningCluster } from '#app/platform/cluster.server.ts'
import { startPortal } from './start-portal.ts'

/** The people of the demo, by what they are. */
export type DemoPerson = 'studio' | 'press' | 'approver' | 'vendor' | 'association' | 'operator'

/** Playwright's test with every address relative to the portal under test: each worker has one of its own. */
export const test = base.extend<{ tries: undefined }, { portal: undefined }>({
  portal: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const played = process.env['CAVEAT_PLAYED']
      if (played === undefined) return use(undefined)
      const { environment, stop } = await startPortal(played)
      Object.assign(process.env, environment)
      await use(undefined)
      return stop()
    },
    { scope: 'worker', auto: true, timeout: 120_000 },
  ],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this pattern
  baseURL: async ({}, use) => use(process.env['CAVEAT_URL'] ?? ''),
  // All stories come from one network address, and sign in more often than an office would.
  tries: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      await sql(`delete from caveat_auth.rate_limit where key like 'sign-in client%'`)
      await use(undefined)
    },
    { auto: true },
  ],
})

export { expect }

/** Signs a demo person in on this page. */
export async function signIn(page: Page, who: DemoPerson): Promise<void> {
  await signInAs(page, `${who}@demo.test`, 'caveat-demo')
}

/** Signs anybody in on this page. */
export async function signInAs(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('main form button[type=submit], main form button:not([type])').first().click()
  await expect(page).not.toHaveURL(/sign-in/)
}

/** A second person in a browser of their own. */
export async function newPerson(
  browser: Browser,
  options: { locale?: string; javaScriptEnabled?: boolean } = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: process.env['CAVEAT_URL'] ?? '',
    timezoneId: 'Asia/Tokyo',
    ...options,
  })
  return context.newPage()
}

/** Fails when the page breaks a rule of WCAG 2.2 AA that axe can see. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}

/** Runs SQL as the administrator of the portal's database: for what a story needs to find, never for what it shows. */
export async function sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: await adminOfPortal() })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** Lets a demo organisation send at once, without its undo window; returns the act that restores it. */
export async function withoutUndo(slug: string): Promise<() => Promise<void>> {
  const [before] = await sql<{ undo_minutes: number }>('select undo_minutes from organisation where slug = $1', [slug])
  await sql('update organisation set undo_minutes = 0 where slug = $1', [slug])
  return async () => {
    await sql('update organisation set undo_minutes = $2 where slug = $1', [slug, before?.undo_minutes ?? 30])
  }
}

/** Where the administrator of the portal's database connects. */
export async function adminOfPortal(): Promise<string> {
  const admin = await findRunningCluster(join(process.env['CAVEAT_DATA'] ?? '', 'postgres'))
  if (admin === null) throw new Error('The portal under test has no embedded database')
  const url = new URL(admin)
  url.pathname = '/caveat'
  return url.href
}
