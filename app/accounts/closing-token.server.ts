import { z } from 'zod'
import { env } from '#app/platform/env.server.ts'
import { equalInConstantTime, sign } from '#app/platform/secrets.server.ts'

const purpose = 'cancel closing'

const sealed = z.object({ closing: z.uuid(), person: z.uuid() })

/** What the token in a mail about a closing says: which one, and to which owner it went. */
export type ClosingToken = z.infer<typeof sealed>

/** The address in a mail under which an owner cancels a closing without signing in. */
export function closingAddress(said: ClosingToken): string {
  const body = Buffer.from(JSON.stringify(said)).toString('base64url')
  return `${env().BASE_URL}/closings/${body}.${sign(purpose, body)}`
}

/** What a token says, or null when its seal is not ours. */
export function readClosingToken(token: string): ClosingToken | null {
  const [body = '', seal = ''] = token.split('.')
  if (!equalInConstantTime(sign(purpose, body), seal)) return null
  return sealed.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
}
