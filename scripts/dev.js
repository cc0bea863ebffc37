// npm run dev: the demo portal, rebuilt and restarted when a source changes.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { build, install, node, projectEnvironment, root } from './bootstrap.js'

install()
build()
const supervisor = spawn(node, ['--disable-warning=ExperimentalWarning', 'scripts/supervise.ts', 'demo'], {
  cwd: root,
  stdio: 'inherit',
  env: projectEnvironment({
    CAVEAT_DEMO: 'true',
    NODE_ENV: 'development',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
  }),
})
supervisor.on('exit', (code) => process.exit(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => supervisor.kill(signal))

let timer
for (const folder of ['app', 'emails', 'messages', 'prisma', 'public']) {
  watch(join(root, folder), { recursive: true }, (_event, name) => {
    if (name?.startsWith('generated') || name?.includes('.test.')) return
    clearTimeout(timer)
    timer = setTimeout(rebuild, 150)
  })
}

function rebuild() {
  try {
    build()
    // Web, worker and mail end and are started again from the new build.
    supervisor.kill('SIGUSR2')
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
  }
}
