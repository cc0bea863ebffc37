import { parse } from 'tldts'
import { z } from 'zod'

import { m } from '#app/generated/messages/messages.js'

/** How a domain was proven. */
export const proofKinds = ['dns', 'file'] as const
export type ProofKind = (typeof proofKinds)[number]

/** What a look at a domain found. A look that could not be made is no sign that the proof is gone. */
export type Look = { found: ProofKind } | { found: null; fault: DomainFault }
export const domainFaults = ['absent', 'unreachable'] as const
export type DomainFault = (typeof domainFaults)[number]

/** Where the record lies whose text is the proof. */
export function recordName(domain: string): string {
  return `_caveat.${domain}`
}

/** Where the file lies that holds the proof on a line of its own. */
export function fileAddress(domain: string): string {
  return `https://${domain}/.well-known/caveat.txt`
}

/** What the record or a line of the file says. */
export function proofText(token: string): string {
  return `caveat=${token}`
}

/** Whether one of these texts is the proof. */
export function holdsProof(texts: readonly string[], token: string): boolean {
  return texts.some((text) => text.trim() === proofText(token))
}

/**
 * The registrable domain of a host, by the public suffix list with its private part: `studio.example.co.jp` belongs to
 * `example.co.jp`, and `studio.github.io` is its own. Undefined for what nobody can register.
 */
export function registrableDomain(host: string): string | undefined {
  const { domain, isIp, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true })
  if (domain === null || isIp === true || !(isIcann === true || isPrivate === true)) return undefined
  return domain
}

/** A domain as somebody types it: a name or an address of a page on it, folded to small letters and ASCII. */
export const domainForm = z.object({
  domain: z.string({ error: () => m.security_domain_error() }).transform((typed, context) => {
    const text = typed.trim()
    const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
    const host = URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : ''
    const domain = registrableDomain(host)
    if (domain === undefined || text.length > 300)
      context.addIssue({ code: 'custom', message: m.security_domain_error() })
    else if (domain !== host) context.addIssue({ code: 'custom', message: m.security_domain_error_part({ domain }) })
    return domain ?? z.NEVER
  }),
})

const dayMs = 86_400_000

/** How a proof stands, as far as rechecks look at it. */
export type Standing = { provenAt: Date | null; misses: number; missingSince: Date | null; nextCheckAt: Date | null }

/**
 * What a look changes. A proof is looked for daily in its first week and while it is not found, then weekly. It counts
 * as missing when two looks on two days did not find it, or three could not be made: one that an owner asks for within
 * a day of a miss is no second one.
 */
export function afterLook({ provenAt, misses, missingSince, nextCheckAt }: Standing, look: Look, at: Date): Standing {
  if (look.found !== null) {
    const since = provenAt ?? at
    const isYoung = at.getTime() - since.getTime() < 7 * dayMs
    return {
      provenAt: since,
      misses: 0,
      missingSince: null,
      nextCheckAt: new Date(at.getTime() + (isYoung ? 1 : 7) * dayMs),
    }
  }
  if (provenAt === null) return { provenAt, misses: 0, missingSince: null, nextCheckAt: null }
  if (misses > 0 && nextCheckAt !== null && at < nextCheckAt) return { provenAt, misses, missingSince, nextCheckAt }
  const missed = misses + 1
  const isMissing = missed >= (look.fault === 'absent' ? 2 : 3)
  return {
    provenAt,
    misses: missed,
    missingSince: missingSince ?? (isMissing ? at : null),
    nextCheckAt: new Date(at.getTime() + dayMs),
  }
}
