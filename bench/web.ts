import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { benchPassword } from './world.ts'

/** Waits until a portal is up, signs a person of the bench in, and returns the cookies. */
export async function signIn(base: string, email: string): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const up = await fetch(`${base}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (up) break
    await sleep(100)
  }
  const answer = await fetch(`${base}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: base },
    body: new URLSearchParams({ email, password: benchPassword }).toString(),
  })
  if (answer.status !== 303 && answer.status !== 302) throw new Error(`Signing in answered ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
