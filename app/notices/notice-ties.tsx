import { m } from '#app/generated/messages/messages.js'
import { Note } from '#app/ui/note.tsx'
import type { NoticeView } from './notice-view.ts'

/** What ties a notice to another that takes its place, or whose place it takes. Nothing where there is none. */
export function NoticeTies({ view: { notice } }: { view: NoticeView }) {
  const { successor, supersedes } = notice
  if (successor === null && supersedes.length === 0) return null
  return (
    <div className="below">
      <Note tone="info">
        {successor !== null && (
          <p>
            <Linked
              text={
                successor.taken
                  ? m.questions_superseded_by({ reference: mark })
                  : m.questions_superseded_later({ reference: mark })
              }
              references={[successor.reference]}
            />
          </p>
        )}
        {supersedes.length > 0 && (
          <p>
            <Linked text={m.questions_supersedes({ references: mark })} references={supersedes} />
          </p>
        )}
      </Note>
    </div>
  )
}

const mark = '\uE000'

// One sentence in each language, with the references as links in its midst.
function Linked({ text, references }: { text: string; references: readonly string[] }) {
  const [before, after] = text.split(mark)
  return (
    <>
      {before}
      {references.map((reference, place) => (
        <span key={reference}>
          {place > 0 && m.notices_line_and()}
          <a className="ref" href={`/notices/${reference}`}>
            {reference}
          </a>
        </span>
      ))}
      {after}
    </>
  )
}
