import { m } from '#app/generated/messages/messages.js'
import { Note } from '#app/ui/note.tsx'

/** Says of sample rows that nobody claims them, and of every catalogue whose rows come from elsewhere, from where. */
export function SampleNote({ isSample, credit }: { isSample: boolean; credit: string | null }) {
  if (isSample) {
    return (
      <Note tone="info">
        <p>{credit === null ? m.catalogues_sample_uncredited() : m.catalogues_sample({ credit })}</p>
      </Note>
    )
  }
  return credit === null ? null : <p className="cap">{m.catalogues_credit({ credit })}</p>
}
