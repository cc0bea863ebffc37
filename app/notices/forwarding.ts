import { getDomain } from 'tldts'
import { z } from 'zod'

/** The address to which a notice is to go, as it was typed. */
export const forwardAddressSchema = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** Whether a vendor may pass a notice on at once. */
export type ForwardVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: 'holder-must-confirm' | 'same-address' | 'too-often' }

/** How often a notice may be passed on in a day: a legal letter is no chain letter. */
export const mostForwardsPerDay = 3

// Whoever shares one of these domains shares no organisation.
const sharedMailboxes: ReadonlySet<string> = new Set([
  '163.com',
  '126.com',
  'aol.com',
  'docomo.ne.jp',
  'ezweb.ne.jp',
  'free.fr',
  'gmail.com',
  'gmx.de',
  'gmx.net',
  'googlemail.com',
  'hey.com',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'mail.com',
  'mail.ru',
  'me.com',
  'msn.com',
  'naver.com',
  'orange.fr',
  'outlook.com',
  'outlook.jp',
  'proton.me',
  'protonmail.com',
  'qq.com',
  'softbank.ne.jp',
  'web.de',
  'yahoo.co.jp',
  'yahoo.com',
  'yandex.ru',
  'zoho.com',
])

/**
 * Whether a vendor may pass a notice on to an address at once: only within its own registrable domain, by the public
 * suffix list with its private part. Else the holder confirms.
 *
 * @param forward.own the address to which the notice went; it was verified by the directory
 * @param forward.recent how often the notice was passed on within a day
 */
export function judgeForward(forward: {
  readonly own: string
  readonly to: string
  readonly recent: number
}): ForwardVerdict {
  const own = forward.own.toLowerCase()
  const to = forward.to.toLowerCase()
  if (own === to) return { allowed: false, because: 'same-address' }
  if (forward.recent >= mostForwardsPerDay) return { allowed: false, because: 'too-often' }
  const domain = registrableDomain(own)
  const isOwn = domain !== null && domain === registrableDomain(to) && !sharedMailboxes.has(domain)
  return isOwn ? { allowed: true } : { allowed: false, because: 'holder-must-confirm' }
}

function registrableDomain(address: string): string | null {
  const host = address.slice(address.lastIndexOf('@') + 1)
  // Names that no list knows, as `.test`, are looked at as if their last part were a suffix.
  return getDomain(host, { allowPrivateDomains: true, validateHostname: true })
}
