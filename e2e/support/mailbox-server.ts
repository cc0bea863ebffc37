import { readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'

/** An SMTP server that accepts everything and keeps each mail in `folder` as `<number>.json` with envelope and bytes, counting on. */
export async function openMailbox(folder: string): Promise<{ port: number; close: () => Promise<void> }> {
  let count = Math.max(0, ...readdirSync(folder).map((name) => Number.parseInt(name, 10) || 0))
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        count += 1
        const name = String(count).padStart(6, '0')
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
        const path = join(folder, `${name}.json`)
        writeFileSync(`${path}.part`, JSON.stringify({ to, from, raw: Buffer.concat(chunks).toString('base64') }))
        renameSync(`${path}.part`, path)
        done(null, `kept as ${name}`)
      })
    },
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The mailbox has no port')
  return { port: address.port, close: () => new Promise((done) => server.close(done)) }
}
