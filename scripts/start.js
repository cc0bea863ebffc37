// npm run demo | npm start | npm run start:web | start:worker | start:mail
import { spawn, spawnSync } from 'node:child_process'
import { build, install, node, projectEnvironment, root } from './bootstrap.js'

const [what = 'all'] = process.argv.slice(2)
install()
build()

const demo = what === 'demo'
const environment = demo
  ? {
      CAVEAT_DEMO: 'true',
      NODE_ENV: 'development',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      // A name that nobody can own: replies reach the demo only from this machine, at MAIL_IN_PORT.
      MAIL_IN_DOMAIN: process.env['MAIL_IN_DOMAIN'] ?? 'reply.caveat.example',
    }
  : { NODE_ENV: process.env['NODE_ENV'] ?? 'production' }
const alone = { web: 'index', worker: 'worker', mail: 'mail-server' }[what]
if (alone !== undefined) prepareAlone()
const args = alone === undefined ? ['scripts/supervise.ts', what] : [`build/server/${alone}.js`]
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
  cwd: root,
  stdio: 'inherit',
  env: projectEnvironment(environment),
})
// The child hears a Ctrl-C itself; a signal sent to this process alone is passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
process.on('SIGINT', () => child.kill('SIGINT'))
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)))

// What the supervisor does for its processes: the schema, and the directory of vendors, once with the worker.
function prepareAlone() {
  const steps = ['scripts/prepare.ts', ...(what === 'worker' ? ['build/server/seed.js'] : [])]
  for (const step of steps) {
    const { status } = spawnSync(node, ['--disable-warning=ExperimentalWarning', step], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      env: projectEnvironment(environment),
    })
    if (status !== 0) process.exit(status ?? 1)
  }
}
