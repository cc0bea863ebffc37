import { z } from 'zod'
import { equalInConstantTime, sign } from '#app/platform/secrets.server.ts'

const purpose = 'unsubscribe'

const sealed = z.object({
  /** Who no longer wants it: a person with an account, or a bare address. */
  who: z.union([z.object({ person: z.uuid() }), z.object({ address: z.string() })]),
  /** The kind of mail. */
  topic: z.string(),
})

/** What a token for the end of a digest says. */
export type Unsubscribing = z.infer<typeof sealed>

/** A token that ends one kind of mail for one reader: sealed, so that nobody ends another's, and good for ever. */
export function unsubscribeToken(said: Unsubscribing): string {
  const body = Buffer.from(JSON.stringify(said)).toString('base64url')
  return `${body}.${sign(purpose, body)}`
}

/** What a token says, or null when its seal is not ours. */
export function readUnsubscribeToken(token: string): Unsubscribing | null {
  const [body = '', seal = ''] = token.split('.')
  if (!equalInConstantTime(sign(purpose, body), seal)) return null
  return sealed.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
}
