import { Resolver } from 'node:dns/promises'
import { authenticate, type DNSResolver } from 'mailauth'
import { getDomain } from 'tldts'
import { log } from '#app/platform/log.server.ts'
import { isAskable, type Authentication } from './authentication.ts'
import { checkableMail } from './checkable-mail.ts'

/** A mail and what SMTP said of who sent it. */
export type Claimed = {
  bytes: Buffer
  from: string
  fromAddress: string
  remoteAddress: string | null
  helo: string | null
}

const patienceMs = 8_000

/**
 * What the domain of the sender says of a mail. It asks DNS, for eight seconds at most.
 *
 * @param resolver for tests; else that of the machine
 * @returns null when nobody could be asked: that is said, and is no reason to keep a mail waiting
 */
export async function authenticateMail(
  { bytes, from, fromAddress, remoteAddress, helo }: Claimed,
  resolver?: DNSResolver,
): Promise<Authentication | null> {
  const domain = fromAddress.split('@').at(-1)?.toLowerCase() ?? ''
  if (resolver === undefined && !isAskable(domain)) return null
  const asking = authenticate(Buffer.from(checkableMail(bytes)), {
    sender: from,
    ...(remoteAddress === null ? {} : { ip: remoteAddress.replace(/^::ffff:/, '') }),
    ...(helo === null ? {} : { helo }),
    trustReceived: false,
    disableArc: true,
    disableBimi: true,
    resolver: resolver ?? systemResolver(),
  })
  try {
    const patience = AbortSignal.timeout(patienceMs)
    const late = new Promise<null>((done) => patience.addEventListener('abort', () => done(null), { once: true }))
    const found = await Promise.race([asking, late])
    if (found === null) return null
    const { spf, dkim, dmarc } = found
    const results = dkim.results.map(({ status }) => status)
    const signers = dkim.results.flatMap(({ status, signingDomain }) =>
      status.result === 'pass' && signingDomain !== undefined ? [signingDomain] : [],
    )
    if (isUnanswered(spf === false ? '' : spf.status.result, dmarc === false ? '' : dmarc.status.result)) return null
    return {
      spf: spf === false ? 'none' : spf.status.result,
      dkim: results.find(({ result }) => result === 'pass')?.result ?? results[0]?.result ?? 'none',
      dmarc: dmarc === false ? 'none' : dmarc.status.result,
      domain: domain === '' ? null : domain,
      aligned: signers.some((signer) => organisationOf(signer) === organisationOf(domain)),
    }
  } catch (error) {
    log.warn({ err: error, domain }, 'the sender of a mail could not be checked')
    return null
  }
}

function organisationOf(domain: string): string {
  return getDomain(domain) ?? domain
}

// A resolver that is away gives no verdict about the sender.
function isUnanswered(spf: string, dmarc: string): boolean {
  return spf === 'temperror' && (dmarc === 'temperror' || dmarc === '')
}

function systemResolver(): DNSResolver {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  // It wants what node's resolver answers for each type, MX with priorities too, although its own type says strings.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return async (domain, type) => (await resolver.resolve(domain, type)) as string[]
}
