import { env } from '#app/platform/env.server.ts'
import { equalInConstantTime, hmac } from '#app/platform/secrets.server.ts'
import {
  base32,
  parseReturnAddress,
  returnAddress,
  sealLength,
  type ReturnAddress,
  type ReturnKind,
} from './addresses.ts'

/** The address to which answers to a mail, or its bounces, come back; null while this portal takes no mail. */
export function sealedAddress(kind: ReturnKind, mailId: string): string | null {
  const { MAIL_IN_DOMAIN } = env()
  if (MAIL_IN_DOMAIN === undefined) return null
  return returnAddress({ kind, mailId, seal: sealOf(kind, mailId) }, MAIL_IN_DOMAIN)
}

/** What an address names, if its seal is ours; null for every other address. */
export function openSealed(address: string): ReturnAddress | null {
  const { MAIL_IN_DOMAIN } = env()
  const parsed = MAIL_IN_DOMAIN === undefined ? null : parseReturnAddress(address, MAIL_IN_DOMAIN)
  if (parsed === null) return null
  return equalInConstantTime(sealOf(parsed.kind, parsed.mailId), parsed.seal) ? parsed : null
}

/** The secret part of an address: whoever knows it can write in its recipient's place. */
export function sealOf(kind: ReturnKind, mailId: string): string {
  return base32(hmac('return address', `${kind} ${mailId}`)).slice(0, sealLength)
}
