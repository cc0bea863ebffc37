import { createServer } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import { closeAuth } from '#app/platform/auth.server.ts'
import { closeDatabase, withNobody } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { log } from '#app/platform/log.server.ts'
import { refuseDemo } from '#app/platform/refuse-demo.server.ts'
import { keepHeartbeat } from '#app/platform/set-heartbeat.server.ts'
import { onceToldToStop } from '#app/platform/told-to-stop.server.ts'
import { createWebListener } from './web.server.ts'

const { HOST, PORT } = env()
const files = sirv(join(import.meta.dirname, '../client'), {
  etag: true,
  setHeaders: (answer, path) => {
    answer.setHeader('X-Content-Type-Options', 'nosniff')
    answer.setHeader(
      'Cache-Control',
      path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=600',
    )
  },
})
const listen = createWebListener(() => import('virtual:react-router/server-build'))
const server = createServer((request, answer) => files(request, answer, () => listen(request, answer)))
// An upload of 256 MiB over a slow line takes long; headers do not.
server.requestTimeout = 30 * 60_000
server.headersTimeout = 20_000

void refuseDemo(withNobody)
server.listen(PORT, HOST, () => log.info({ port: PORT }, 'web listens'))
const heartbeat = keepHeartbeat('web')

function stop(): void {
  log.info('web stops')
  // Requests under way end; then the connections to the database close.
  server.close(() => {
    void heartbeat
      .end()
      .then(() => Promise.all([closeDatabase(), closeAuth()]))
      .then(() => process.exit(0))
  })
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), 5_000).unref()
}
onceToldToStop(stop)

// One request that forgets a promise must not end the process for everybody else.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was left alone and failed'))
