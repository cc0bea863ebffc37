// npm run caveat -- COMMAND | npm run bench -- [name]: runs one built program with the words given.
import { spawnSync } from 'node:child_process'
import { build, install, node, projectEnvironment, root } from './bootstrap.js'

const [program, ...words] = process.argv.slice(2)
install()
build()
const done = spawnSync(node, ['--disable-warning=ExperimentalWarning', `build/server/${program}.js`, ...words], {
  cwd: root,
  stdio: 'inherit',
  env: projectEnvironment({
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
    ...(program === 'bench' ? { NODE_ENV: 'production', CAVEAT_DEMO: 'true' } : {}),
  }),
})
process.exit(done.status ?? 3)
