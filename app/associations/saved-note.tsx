import { m } from '#app/generated/messages/messages.js'
import { Note } from '#app/ui/note.tsx'

const words = {
  'role-too-low': () => m.collective_role_too_low(),
  gone: () => m.collective_gone(),
  changed: () => m.collective_changed_meanwhile(),
  submitted: () => m.collective_already_submitted(),
} as const

/** Why a step was not kept. */
export function SavedNote({ because }: { because: keyof typeof words | null }) {
  if (because === null) return null
  return (
    <div className="below">
      <Note tone="late" status>
        <p>{words[because]()}</p>
      </Note>
    </div>
  )
}
