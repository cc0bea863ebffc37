import { z } from 'zod'

import { m } from '#app/generated/messages/messages.js'

// A dot-atom of RFC 5321 before the @ and letters, digits and hyphens after it. No quotes, comments, literals or second @:
// two programs must never read two recipients out of one address.
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The one spelling in which an address is stored and compared: small letters, domain in ASCII.
 *
 * @returns undefined when the text is not an address mail can be sent to
 */
export function normalAddress(text: string): string | undefined {
  const parts = text.trim().split('@')
  const [local, host] = parts
  if (parts.length !== 2 || local === undefined || host === undefined) return undefined
  const domain = asciiDomain(host)
  const small = local.toLowerCase()
  if (domain === undefined || small.length > 64 || !localPart.test(small)) return undefined
  const address = `${small}@${domain}`
  return address.length <= 254 ? address : undefined
}

/** An e-mail address as typed, turned into its one spelling. */
export function addressField() {
  return z.string({ error: () => m.accounts_error_address_missing() }).transform((text, context) => {
    const address = normalAddress(text)
    if (address !== undefined) return address
    const message = text.trim() === '' ? m.accounts_error_address_missing() : m.accounts_error_address_form()
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

/**
 * The address that a person signs in with. Mail may reach more: the sign-in takes no `&` or `/` before the @, and no domain
 * whose end is not in Latin letters; whoever could never come back is told at once.
 */
export function personAddressField() {
  return addressField().refine((address) => z.email().safeParse(address).success, {
    error: () => m.accounts_error_address_sign_in(),
  })
}

function asciiDomain(host: string): string | undefined {
  // Anything the URL parser would read as more than a host name is refused before it gets there.
  if (host.length > 253 || /[\s/\\:?#[\]%@]/u.test(host) || !URL.canParse(`http://${host}`)) return undefined
  const domain = new URL(`http://${host}`).hostname
  const labels = domain.split('.')
  const top = labels.at(-1) ?? ''
  return labels.length >= 2 && labels.every((part) => label.test(part)) && /[a-z]/.test(top) ? domain : undefined
}
