import { m } from '#app/generated/messages/messages.js'
import { formatNumber, formatTime } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { mostPickedWorks } from './filing-draft.ts'

/** Why a step was not saved: what the page of the wizard says above its form. */
export type StepTrouble =
  | { readonly because: 'changed'; readonly by: string | null; readonly at: Date }
  | { readonly because: 'role-too-low' | 'was-filed' | 'too-many-picked' | 'training-under-hosting' }

/** Says that nothing was overwritten, and what to do. */
export function StepTroubleNote({ trouble, timeZone }: { trouble: StepTrouble | undefined; timeZone: string }) {
  if (!trouble) return null
  return (
    <Note tone="late" status>
      <p>{sentence(trouble, timeZone)}</p>
    </Note>
  )
}

function sentence(trouble: StepTrouble, timeZone: string): string {
  if (trouble.because !== 'changed') return refusedWords[trouble.because]()
  const time = formatTime(trouble.at, timeZone)
  return trouble.by === null ? m.filing_save_changed({ time }) : m.filing_save_changed_by({ name: trouble.by, time })
}

const refusedWords = {
  'role-too-low': () => m.filing_save_role_too_low(),
  'was-filed': () => m.filing_save_was_filed(),
  'training-under-hosting': () => m.filing_hosted_only_field(),
  'too-many-picked': () => m.filing_save_too_many({ most: formatNumber(mostPickedWorks) }),
} satisfies Record<Exclude<StepTrouble['because'], 'changed'>, () => string>
