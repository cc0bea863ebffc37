import { defineConfig } from '@playwright/test'

const executablePath = process.env['CAVEAT_BROWSER'] ?? '/usr/bin/chromium'

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/global-setup.ts',
  workers: process.env['CAVEAT_URL'] === undefined ? 2 : 1,
  timeout: 150_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  // A second try gets a portal of its own; the list says which story needed it.
  retries: 1,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Asia/Tokyo',
    viewport: { width: 1280, height: 900 },
    trace: 'on-first-retry',
    launchOptions: {
      ...(executablePath === '' ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
