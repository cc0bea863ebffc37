import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatDateTime, sentenceGap } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'

interface Waiting {
  readonly reference: string
  readonly association: string
  readonly associationOther: string | null
  readonly endsAt: Date
  readonly approvalRequired: boolean
}

/** Annexes that wait for this organisation, on its first page. */
export function WaitingAnnexes({ annexes, timeZone }: { annexes: readonly Waiting[]; timeZone: string }) {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  if (annexes.length === 0) return null
  return (
    <div className="below">
      <Note tone="question">
        {annexes.map(({ reference, association, associationOther, endsAt, approvalRequired }) => (
          <p key={reference}>
            <a href={`/annexes/${reference}`}>
              {m.collective_home_waits({ association: nameIn(locale, association, associationOther) })}
            </a>{' '}
            {m.collective_mail_review_until({ until: formatDateTime(endsAt, timeZone, { weekday: true }) })}
            {sentenceGap()}
            {approvalRequired ? m.collective_mail_review_approval() : m.collective_mail_review_silence()}
          </p>
        ))}
      </Note>
    </div>
  )
}
