import { SMTPServer } from 'smtp-server'
import { env } from '#app/platform/env.server.ts'
import { log } from '#app/platform/log.server.ts'

// Replies are not received yet: notices name the filer's confirmed address for them. A mail that comes here all the same
// is refused while the sender's server is still listening, so that its writer is told and nothing is lost unseen.
const refusal = Object.assign(
  new Error('5.1.1 Caveat receives no mail here. Write to the Reply-To address of the notice.'),
  { responseCode: 550 },
)

const server = new SMTPServer({
  name: env().MAIL_IN_DOMAIN,
  banner: 'Caveat',
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  size: 1024,
  onRcptTo: (_address, _session, done) => done(refusal),
})
server.on('error', (error) => log.warn({ err: error }, 'an inbound mail connection failed'))
server.listen(env().MAIL_IN_PORT, env().HOST, () => log.info({ port: env().MAIL_IN_PORT }, 'mail listens'))

function stop(): void {
  server.close(() => process.exit(0))
  setTimeout(() => process.exit(0), 2_000).unref()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
