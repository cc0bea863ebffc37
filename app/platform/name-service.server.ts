import { Resolver } from 'node:dns/promises'
import { env } from './env.server.ts'
import { addressesOf, theInternet, type Network } from './safe-fetch.server.ts'

/** The texts of a name's TXT records. A name without any has none; a name service that does not answer throws. */
export type FindTexts = (name: string) => Promise<readonly string[]>

/** What looking at a domain needs of the world. */
export type DomainWorld = { textsOf: FindTexts; network: Network }

/** Answers of a name service that say that there is nothing, which is an answer. */
const nothing = new Set(['ENOTFOUND', 'ENODATA'])

/** The world as it is, or the stand-in that a test brings (`CAVEAT_TEST_DNS`, which no production takes). */
export function domainWorld(): DomainWorld {
  const standIn = env().CAVEAT_TEST_DNS
  const resolver = (): Resolver => {
    const made = new Resolver({ timeout: 2_000, tries: 2 })
    if (standIn !== undefined) made.setServers([standIn])
    return made
  }
  const network = standIn === undefined ? theInternet : { ...theInternet, addressesOf: addressesOf(resolver) }
  return { textsOf: textsBy(resolver), network }
}

function textsBy(resolver: () => Resolver): FindTexts {
  return async (name) => {
    try {
      return (await resolver().resolveTxt(name)).slice(0, 100).map((parts) => parts.join(''))
    } catch (error) {
      if (error instanceof Error && 'code' in error && nothing.has(String(error.code))) return []
      throw new Error(`Asking for the texts of ${name} failed`, { cause: error })
    }
  }
}
