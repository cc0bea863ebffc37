import { connect, createServer, type Socket } from 'node:net'

/** A door to a database that counts what is asked through it, and can be shut at any moment. */
export interface DatabaseProxy {
  readonly url: string
  /** Is told the number of each statement before it goes on to the database: kill or cut there. */
  onStatement(listener: ((number: number) => void) | null): void
  /** Ends every connection as a database that goes away does. */
  cut(): void
  /** How many statements went through since the last `restart`. */
  count(): number
  restart(): void
  stop(): Promise<void>
}

/**
 * Stands between a worker and PostgreSQL on this machine. A statement is a `Query` or a `Sync` of the protocol: the point at
 * which the database is told to do what was sent.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl)
  const pairs = new Set<Socket>()
  const state: { count: number; listener: ((number: number) => void) | null } = { count: 0, listener: null }
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname)
    for (const socket of [client, database]) {
      pairs.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        pairs.delete(socket)
        client.destroy()
        database.destroy()
      })
    }
    const read = messageReader()
    client.on('data', (chunk: Buffer) => {
      for (const type of read(chunk)) {
        if (type !== 'Q' && type !== 'S') continue
        state.count += 1
        state.listener?.(state.count)
      }
      if (!database.destroyed) database.write(chunk)
    })
    database.pipe(client)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0)
  return {
    url: url.href,
    onStatement: (listener) => void (state.listener = listener),
    cut: () => pairs.forEach((socket) => socket.destroy()),
    count: () => state.count,
    restart: () => void (state.count = 0),
    stop: () => {
      for (const socket of pairs) socket.destroy()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

// Every message but the first has a letter before its length.
function messageReader(): (chunk: Buffer) => string[] {
  let rest = Buffer.alloc(0)
  let isFirst = true
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const types: string[] = []
    for (;;) {
      const head = isFirst ? 0 : 1
      if (rest.length < head + 4) return types
      const length = head + rest.readInt32BE(head)
      if (rest.length < length) return types
      if (!isFirst) types.push(String.fromCharCode(rest[0] ?? 0))
      isFirst = false
      rest = rest.subarray(length)
    }
  }
}
