import { Note } from '#app/ui/note.tsx'

import { doneWords, type Done } from './wording.ts'

/** Says what the page before has done; nothing when it did nothing. */
export function DoneNote({ done, name = '' }: { done: Done | null; name?: string }) {
  if (done === null) return null
  return (
    <div className="below">
      <Note tone="agreed" status>
        <p>{doneWords[done](name)}</p>
      </Note>
    </div>
  )
}
