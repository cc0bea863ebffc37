import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'caveat-told-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const child = join(folder, 'child.mjs')
writeFileSync(
  child,
  `import { onceToldToStop } from ${JSON.stringify(join(import.meta.dirname, 'told-to-stop.server.ts'))}
   onceToldToStop(() => { console.log('stopped'); process.exit(0) })
   setInterval(() => {}, 1000)
   console.log(process.pid)`,
)
const parent = join(folder, 'parent.mjs')
writeFileSync(
  parent,
  `import { spawn } from 'node:child_process'
   spawn(process.execPath, [${JSON.stringify(child)}], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })`,
)

function saidBy(process: ChildProcess): { until: (wanted: RegExp) => Promise<string> } {
  let said = ''
  process.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return {
    async until(wanted) {
      await expect.poll(() => said, { timeout: 15_000 }).toMatch(wanted)
      return said
    },
  }
}

test('a process ends by itself when its supervisor was killed', async () => {
  const supervisor = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', parent])
  const said = saidBy(supervisor)
  await said.until(/^\d+\n/u)
  supervisor.kill('SIGKILL')
  expect(await said.until(/stopped/u)).toContain('stopped')
})

test.for(['SIGTERM', 'SIGINT'] as const)('a process ends at a %s, with a supervisor or without', async (signal) => {
  const alone = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', child])
  const said = saidBy(alone)
  await said.until(/^\d+\n/u)
  const gone = once(alone, 'exit')
  alone.kill(signal)
  expect(await gone).toEqual([0, null])
})
