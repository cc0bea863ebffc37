import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailSamples } from '#test/mail-samples.ts'
import { composeMails as composeHere } from './compose-mails.server.ts'
import type { ToCompose } from './compose-or-say.server.ts'

const root = join(import.meta.dirname, '../..')
const at = new Date('2026-11-10T01:04:05Z')
let folder: string
let composeThere: typeof composeHere

beforeAll(async () => {
  // As the product is built: the thread's file lies beside the one that starts it.
  folder = mkdtempSync(join(root, 'node_modules', '.compose-'))
  const input = {
    main: join(import.meta.dirname, 'compose-mails.server.ts'),
    'compose-thread': join(import.meta.dirname, 'compose-thread.server.ts'),
  }
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: true,
      outDir: folder,
      copyPublicDir: false,
      rollupOptions: { input, preserveEntrySignatures: 'strict' },
    },
  })
  const built: { composeMails: typeof composeHere } = await import(
    /* @vite-ignore */ pathToFileURL(join(folder, 'main.js')).href
  )
  composeThere = built.composeMails
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function mail(number: number): ToCompose {
  const facts = { ...mailSamples['confirm-address'], name: `Person ${number}` }
  return {
    id: `mail-${number}`,
    kind: number === 3 ? 'no-such-mail' : 'confirm-address',
    toAddress: `person-${number}@vendor.test`,
    locale: number % 2 === 0 ? 'en' : 'ja',
    messageId: `<${number}@caveat.test>`,
    thread: [],
    wording: number === 5 ? null : { facts: number === 7 ? { name: 1 } : facts, fromName: null, replyTo: null },
  }
}

test('the thread composes what is composed here, and says of each mail that cannot be composed why', async () => {
  const mails = Array.from({ length: 30 }, (_, number) => mail(number))
  const there = await composeThere(mails, at)
  expect(there).toEqual(await composeHere(mails, at))
  expect(there.filter(({ error }) => error !== null).map(({ id, error }) => [id, error?.split('\n')[0]])).toEqual([
    ['mail-3', 'There is no mail no-such-mail.'],
    ['mail-5', 'Nobody had facts for confirm-address.'],
    ['mail-7', '['],
  ])
})

test('rounds that overlap get their own mails', async () => {
  const rounds = await Promise.all(
    [10, 20, 30].map((from) =>
      composeThere(
        Array.from({ length: 8 }, (_, number) => mail(from + number)),
        at,
      ),
    ),
  )
  expect(rounds.map((round) => round.map(({ id }) => id))).toEqual(
    [10, 20, 30].map((from) => Array.from({ length: 8 }, (_, number) => `mail-${from + number}`)),
  )
})
