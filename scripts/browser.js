// Finds a browser for the stories: what is there, then Playwright's own download, then Debian's package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { projectEnvironment, root } from './bootstrap.js'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** The browser's path, or an empty string for Playwright's own. */
export function browserPath() {
  const found = process.env['CAVEAT_BROWSER'] ?? places.find((path) => existsSync(path))
  if (found !== undefined) return found
  process.stderr.write('Looking for a browser ...\n')
  if (quietly('playwright', ['install', '--with-deps', 'chromium-headless-shell'])) return ''
  if (quietly('apt-get', ['update', '-qq']))
    quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'])
  const installed = places.find((path) => existsSync(path))
  if (installed === undefined) throw new Error('No browser: install chromium, or name one in CAVEAT_BROWSER.')
  return installed
}

function quietly(command, args) {
  return (
    spawnSync(command, args, { cwd: root, env: projectEnvironment(), stdio: 'ignore', timeout: 300_000 }).status === 0
  )
}
