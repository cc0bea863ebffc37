import { Badge } from '#app/ui/badge.tsx'

import type { ContactFault } from './contact.ts'
import { healthWord } from './wording.ts'

/** Whether a contact works, or why not; `null` when it does. */
export function ContactHealthBadge({ fault }: { fault: ContactFault | 'none' | null }) {
  if (fault === null) {
    return (
      <Badge icon="i-check" tone="agreed">
        {healthWord({ working: true })}
      </Badge>
    )
  }
  const words = healthWord({ working: false, because: fault })
  if (fault !== 'last-send-failed') return <span className="faint">{words}</span>
  return (
    <Badge icon="w-bounced" tone="late" wrap>
      {words}
    </Badge>
  )
}
