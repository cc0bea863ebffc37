import { m } from '#app/generated/messages/messages.js'
import { Day } from '#app/ui/when.tsx'

import type { VendorFact } from './vendor.ts'

/** Where a fact was read and when, or that this is not known. */
export function FactSource({ fact: { sourceUrl, sourceOn } }: { fact: Pick<VendorFact, 'sourceUrl' | 'sourceOn'> }) {
  if (sourceUrl === null || sourceOn === null) return <span className="faint">{m.vendors_source_not_known()}</span>
  return (
    <span>
      <a href={sourceUrl} rel="noreferrer nofollow">
        {placeOf(sourceUrl)}
      </a>
      {m.vendors_list_comma()}
      <Day day={sourceOn} />
    </span>
  )
}

// Of a repository its name says more than the host.
function placeOf(url: string): string {
  const { hostname, pathname } = new URL(url)
  const host = hostname.replace(/^www\./, '')
  return host === 'github.com' ? (pathname.split('/')[2] ?? host) : host
}
