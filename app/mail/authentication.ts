import { z } from 'zod'

/** What SPF, DKIM and DMARC said of a mail, in the words of RFC 8601; `domain` is that of its From address. */
export const authenticationSchema = z.object({
  spf: z.string(),
  dkim: z.string(),
  dmarc: z.string(),
  domain: z.string().nullable(),
  /** A DKIM signature that holds, of the sender's own domain. */
  aligned: z.boolean(),
})
export type Authentication = z.infer<typeof authenticationSchema>

/** What is said of it to readers. */
export type SenderCheck = 'confirmed' | 'not-confirmed' | 'not-checked'

/** Whether the sender's domain confirms a mail: by its DMARC policy, or by its own signature where it has no policy. */
export function senderCheck(authentication: Authentication | null): SenderCheck {
  if (authentication === null) return 'not-checked'
  return authentication.dmarc === 'pass' || authentication.aligned ? 'confirmed' : 'not-confirmed'
}

// Names that are nobody's for ever: to ask for them would only wait (RFC 2606, RFC 6761).
const reserved = /(?:^|\.)(?:test|example|invalid|localhost|local)$|(?:^|\.)example\.(?:com|net|org)$/i

/** Whether DNS can know anything about a domain. */
export function isAskable(domain: string): boolean {
  return domain.includes('.') && !reserved.test(domain)
}
