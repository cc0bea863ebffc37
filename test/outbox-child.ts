import { setTimeout as wait } from 'node:timers/promises'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { sweepOutbox } from '#app/mail/sweep-outbox.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { listeningHandlers } from './outbox.ts'

// A worker of its own process, to be killed: short leases, else everything as in app/worker.ts.
const handlers = listeningHandlers()
const transport = smtpTransport(process.env['SINK_URL'] ?? '', { connections: 3, wholeSeconds: 1 })
const outbox = openOutbox({ transport, handlers, leaseSeconds: 2, sendingSeconds: 1, batch: 5 })
for (;;) {
  await withWorker((tx) => sweepOutbox(tx, { at: now() }))
  await outbox.pass()
  await wait(50)
}
