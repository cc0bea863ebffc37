import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { Facts, type Fact } from '#app/ui/facts.tsx'
import { formatBytes, formatTimeAndCity, formatDate } from '#app/ui/format.ts'
import { languageOf } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { Moment } from '#app/ui/when.tsx'
import { isMisnamed } from './file-name.ts'
import type { Piece } from './find-pieces.server.ts'
import { isPicture, kindOf, mayBeShown } from './media-kinds.ts'
import { Passages } from './passages.tsx'
import { kindWords } from './wording.ts'

interface Shown {
  readonly piece: Piece
  /** The address of the piece for this reader; `/file` and `/view` lie under it. */
  readonly base: string
  readonly timeZone: string
}

/** The picture, where it is one; the file's facts; the ways to take it. */
export function PieceFile({ piece, base, timeZone, more }: Shown & { more?: readonly Fact[] }) {
  const { type, name, bytes, sha256, madeAt } = piece
  return (
    <>
      <Picture piece={piece} base={base} />
      <div className="gap">
        <Facts
          facts={[
            [m.evidence_kind(), m.evidence_kind_and_type({ kind: kindWords[kindOf(type)](), type })],
            [m.evidence_size(), formatBytes(bytes)],
            [
              'SHA-256',
              <span className="hash" key="hash">
                {sha256}
              </span>,
            ],
            [m.evidence_kept(), <Moment key="kept" at={madeAt} timeZone={timeZone} />],
            ...(more ?? []),
          ]}
        />
      </div>
      {isMisnamed(name, type) && (
        <Note tone="question">
          <p>{m.evidence_misnamed({ name, type })}</p>
        </Note>
      )}
      <div className="bs gap">
        <LinkButton href={`${base}/file`}>{m.evidence_download()}</LinkButton>
        {mayBeShown(type) && <LinkButton href={`${base}/view`}>{m.evidence_view()}</LinkButton>}
      </div>
    </>
  )
}

/** A picture as it was kept; nothing for any other kind of file. */
export function Picture({ piece: { type, name }, base }: Pick<Shown, 'piece' | 'base'>) {
  if (!isPicture(type)) return null
  return <img className="piece-picture" src={`${base}/view`} alt={m.evidence_picture({ name })} />
}

/** How the output came about, and what it has in common with a work. */
export function PieceCapture({ piece: { capture, works }, acts }: Pick<Shown, 'piece'> & { acts?: ReactNode }) {
  const { outputPassage, workPassage } = capture ?? {}
  return (
    <>
      <Section id="capture" title={m.evidence_capture()} aside={acts}>
        {capture === null && works.length === 0 ? (
          <p className="muted">{m.evidence_capture_none()}</p>
        ) : (
          <Facts facts={captureFacts({ capture, works })} />
        )}
        {capture?.prompt !== undefined && <Long title={m.evidence_prompt()} text={capture.prompt} open />}
        {capture?.output !== undefined && <Long title={m.evidence_output()} text={capture.output} />}
      </Section>
      {outputPassage !== undefined && workPassage !== undefined && (
        <Section id="passages" title={m.evidence_passages()}>
          <Passages output={outputPassage} work={workPassage} />
        </Section>
      )}
      {(outputPassage === undefined) !== (workPassage === undefined) && (
        <Long
          title={outputPassage === undefined ? m.evidence_passage_work() : m.evidence_passage_output()}
          text={outputPassage ?? workPassage ?? ''}
          open
        />
      )}
    </>
  )
}

function said(label: string, value: string | undefined): Fact | null {
  return value === undefined ? null : [label, <Name key={label}>{value}</Name>]
}

function captureFacts({ capture, works }: Pick<Piece, 'capture' | 'works'>): readonly (Fact | null)[] {
  const { capturedAt, timeZone = 'UTC', url } = capture ?? {}
  return [
    said(m.evidence_product(), capture?.product),
    said(m.evidence_model(), capture?.model),
    said(m.evidence_version(), capture?.version),
    capturedAt === undefined
      ? null
      : [
          m.evidence_captured_at(),
          <time key="at" dateTime={capturedAt}>
            {m.evidence_when({ on: formatDate(capturedAt, timeZone), at: formatTimeAndCity(capturedAt, timeZone) })}
          </time>,
        ],
    // Written out and not linked: it leads to whatever stands there now.
    url === undefined ? null : [m.evidence_url(), <code key="url">{url}</code>],
    said(m.evidence_tool(), capture?.tool),
    said(m.evidence_captured_by(), capture?.capturedBy),
    works.length === 0
      ? null
      : [
          m.evidence_works(),
          <ul className="m" key="works">
            {works.map(({ workId, title, externalId }) => (
              <li key={workId}>
                <Name>{title}</Name> <span className="muted">{externalId}</span>
              </li>
            ))}
          </ul>,
        ],
  ]
}

function Long({ title, text, open = false }: { title: string; text: string; open?: boolean }) {
  return (
    <div className="gap">
      <Details summary={title} open={open}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keys */}
        <section className="passage" tabIndex={0} aria-label={title} lang={languageOf(text)}>
          {text}
        </section>
      </Details>
    </div>
  )
}
