import { Note } from '#app/ui/note.tsx'
import { NoticeActs, type ReferenceAgain } from './notice-acts.tsx'
import { NoticeClocks } from './notice-clocks.tsx'
import { NoticeEvidence } from './notice-evidence.tsx'
import { NoticeConversation } from './notice-conversation.tsx'
import { NoticeFactsAside } from './notice-facts.tsx'
import { NoticeHead } from './notice-head.tsx'
import { NoticeLocations } from './notice-locations.tsx'
import { NoticeMails } from './notice-mails.tsx'
import { NoticeQuestions } from './notice-questions.tsx'
import { NoticeRecord } from './notice-record.tsx'
import { NoticeTies } from './notice-ties.tsx'
import { NoticeTrack } from './notice-track.tsx'
import type { NoticeView } from './notice-view.ts'
import { NoticeWorks } from './notice-works.tsx'

interface NoticeDocumentProps {
  readonly view: NoticeView
  /** What the act before has done. */
  readonly done: string | null
  /** Why the act that was asked for was not done. */
  readonly refused: string | null
  readonly again: ReferenceAgain | null
}

/** The page of a notice, the same for both sides: each finds its own acts and what it may see. */
export function NoticeDocument({ view, done, refused, again }: NoticeDocumentProps) {
  return (
    <>
      {done !== null && done !== '' && <Said tone="agreed">{done}</Said>}
      {refused !== null && <Said tone="question">{refused}</Said>}
      <NoticeHead view={view} />
      <NoticeTies view={view} />
      <NoticeTrack view={view} />
      <NoticeActs view={view} again={again} />
      <div className="split">
        <div className="stack">
          <NoticeQuestions view={view} />
          <NoticeClocks view={view} />
          <NoticeWorks view={view} />
          <NoticeLocations
            locations={view.notice.locations}
            count={view.notice.locationsCount}
            file={`/notices/${view.notice.reference}/locations.csv`}
          />
          <NoticeEvidence
            pieces={view.evidence}
            timeZone={view.timeZone}
            base={view.side === 'holder' && !view.byOwner ? null : '/evidence'}
            own={view.side === 'holder'}
            add={canAddEvidence(view) ? `/notices/${view.notice.reference}/evidence` : null}
          />
          <NoticeConversation view={view} />
          <NoticeRecord view={view} />
          <NoticeMails view={view} />
        </div>
        <aside className="stack close" aria-labelledby="facts">
          <NoticeFactsAside view={view} />
        </aside>
      </div>
    </>
  )
}

function canAddEvidence({ byOwner, open }: NoticeView): boolean {
  return byOwner && open.includes('evidence.added')
}

function Said({ tone, children }: { tone: 'agreed' | 'question'; children: string }) {
  return (
    <div className="below">
      <Note tone={tone} status>
        <p>{children}</p>
      </Note>
    </div>
  )
}
