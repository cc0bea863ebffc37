import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'

import type { VendorEntry } from './vendor.ts'

/** How many notices the reader's organisation has with this vendor; the number leads to them. */
export function VendorNotices({ vendor: { id, name, notices } }: { vendor: VendorEntry }) {
  return (
    <Section id="notices" title={m.vendors_entry_notices({ vendor: name })}>
      {notices === 0 ? (
        <p className="faint">{m.vendors_entry_notices_none({ vendor: name })}</p>
      ) : (
        <p>
          <a href={`/notices?party=${id}`}>
            {m.vendors_entry_notices_some({ n: notices, count: formatNumber(notices), vendor: name })}
          </a>
        </p>
      )}
    </Section>
  )
}
