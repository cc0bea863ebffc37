// npm run demo | npm start | npm run start:web | start:worker | start:mail
import { spawn } from 'node:child_process'
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
