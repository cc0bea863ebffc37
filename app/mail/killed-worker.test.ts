import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { buildChild } from '#test/child-program.ts'
import { outboxRows, oweMails } from '#test/outbox.ts'
import { smtpSink, type SmtpSink } from '#test/smtp-sink.ts'
import { tellFaults } from '#test/tell-faults.ts'

const db = await testDatabase()
let folder: string
let sink: SmtpSink
let child: ChildProcess | undefined

beforeAll(async () => {
  sink = await smtpSink()
  folder = await buildChild('outbox-child')
}, 60_000)
afterAll(async () => {
  child?.kill('SIGKILL')
  await sink.stop()
  rmSync(folder, { recursive: true, force: true })
})

function startWorker(): ChildProcess {
  const started = spawn(process.execPath, [join(folder, 'outbox-child.js')], {
    env: { ...process.env, SINK_URL: sink.url },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  child = started
  return started
}

/** Runs a worker until the server has answered 250 a few times more, and kills it before it can write that down. */
async function killedAfterAnswer(answers: number): Promise<void> {
  const worker = startWorker()
  const gone = once(worker, 'exit')
  let heard = 0
  sink.onAnswered(() => {
    heard += 1
    if (heard === answers) worker.kill('SIGKILL')
  })
  await gone
  sink.onAnswered(null)
}

// Another number by CAVEAT_KILLS.
const kills = Number(process.env['CAVEAT_KILLS'] ?? 20)

test(`killed ${kills} times between the server’s 250 and the mark: nothing is lost, every repeat is the same mail, every doubt is visible`, async () => {
  await oweMails(db.owner, 60)
  for (let kill = 0; kill < kills; kill += 1) await killedAfterAnswer(1 + (kill % 3))
  tellFaults('kills of the worker after the server’s 250', kills)
  startWorker()
  await expect
    .poll(async () => (await outboxRows(db.owner)).filter(({ status }) => status === 'accepted').length, {
      timeout: 240_000,
      interval: 200,
    })
    .toBe(60)
  child?.kill('SIGKILL')

  const rows = await outboxRows(db.owner)
  const copies = Map.groupBy(sink.mails, ({ to }) => to[0] ?? '')
  expect(copies.size, 'nothing is lost').toBe(60)
  let repeated = 0
  for (const { to, sha256, results } of rows) {
    const sent = copies.get(to) ?? []
    expect(new Set(sent.map(({ raw }) => createHash('sha256').update(raw).digest('hex')))).toEqual(new Set([sha256]))
    const messageIds = sent.map(({ raw }) => /^Message-ID: (.*)$/imu.exec(raw.toString('latin1'))?.[1])
    expect(new Set(messageIds).size).toBe(1)
    expect(results.at(-1)).toBe('accepted')
    const doubts = results.filter((result) => result === 'ambiguous').length
    expect(sent.length, `${to}: at most one more copy for each doubt`).toBeLessThanOrEqual(1 + doubts)
    repeated += sent.length - 1
  }
  expect(repeated, 'the kills hit the gap').toBeGreaterThanOrEqual(Math.floor(kills / 2))
}, 600_000)
