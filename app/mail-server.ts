import { receiveMail } from '#app/mail/receive-mail.server.ts'
import { closeDatabase, withWorker } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { log } from '#app/platform/log.server.ts'
import { refuseDemo } from '#app/platform/refuse-demo.server.ts'
import { keepHeartbeat } from '#app/platform/set-heartbeat.server.ts'
import { onceToldToStop } from '#app/platform/told-to-stop.server.ts'

// The mail process: takes what comes back for the addresses of MAIL_IN_DOMAIN and keeps it; the worker reads it. Without a
// domain it refuses every recipient while the sender's server still listens, so that the writer is told.

void refuseDemo(withWorker)
const { MAIL_IN_PORT, MAIL_IN_DOMAIN, HOST } = env()
const mailIn = await receiveMail({ host: HOST, port: MAIL_IN_PORT })
log.info({ port: mailIn.port, domain: MAIL_IN_DOMAIN ?? 'none: every mail is refused' }, 'mail listens')

const heartbeat = keepHeartbeat('mail')
const state = { stopping: false }

async function stop(): Promise<void> {
  if (state.stopping) return
  state.stopping = true
  // What is being kept may end; a mail that was not answered with 250 comes again.
  setTimeout(() => process.exit(0), 4_000).unref()
  await Promise.all([mailIn.close(), heartbeat.end()])
  await closeDatabase()
  process.exit(0)
}
onceToldToStop(stop)
