import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { formatHash } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { AccessLog } from './access-log.tsx'
import type { PiecePage, SharedPiece } from './find-piece-page.server.ts'
import type { Piece } from './find-pieces.server.ts'
import { PieceCapture, PieceFile, Picture } from './piece-facts.tsx'
import { PieceUses } from './piece-uses.tsx'

/** A piece in its own organisation's locker: file, capture, copies, notices, who looked. */
export function OwnPiece({ page, mayKeep, timeZone }: { page: PiecePage; mayKeep: boolean; timeZone: string }) {
  const { piece, original, uses, went, log } = page
  const base = `/evidence/${piece.id}`
  const mayChange = mayKeep && !went
  return (
    <>
      <PageHead
        title={<Name>{piece.name}</Name>}
        crumbs={[{ label: m.evidence_title(), href: '/evidence' }, { label: <code>{formatHash(piece.sha256)}</code> }]}
      >
        {original === null ? undefined : m.evidence_is_copy({ name: original.name })}
      </PageHead>
      <div className="stack">
        <Section id="file" title={m.evidence_file()}>
          <PieceFile
            piece={piece}
            base={base}
            timeZone={timeZone}
            more={piece.madeBy === null ? [] : [[m.evidence_kept_by(), <Name key="by">{piece.madeBy}</Name>]]}
          />
        </Section>
        <PieceCapture
          piece={piece}
          acts={
            mayChange ? (
              <LinkButton href={`${base}/capture`}>
                {piece.capture === null ? m.evidence_capture_add() : m.evidence_capture_change()}
              </LinkButton>
            ) : went ? (
              m.evidence_went()
            ) : undefined
          }
        />
        <Copies page={page} mayKeep={mayKeep} />
        <PieceUses uses={uses} timeZone={timeZone} />
        <AccessLog {...log} timeZone={timeZone} />
      </div>
    </>
  )
}

// The original and its redacted copies beside each other, and which of them travels.
function Copies({ page: { piece, original, copies, uses }, mayKeep }: { page: PiecePage; mayKeep: boolean }) {
  const whole = original ?? piece
  const [newest] = copies
  return (
    <Section
      id="redacted"
      title={m.evidence_redacted_title()}
      aside={
        mayKeep && original === null ? (
          <LinkButton href={`/evidence/${piece.id}/redaction`}>{m.evidence_redacted_add()}</LinkButton>
        ) : undefined
      }
    >
      {newest === undefined ? (
        <p className="muted">{m.evidence_redacted_none()}</p>
      ) : (
        <div className="pair">
          <Side piece={whole} here={piece.id} words={m.evidence_original_stays()} />
          {copies.map((copy) => (
            <Side
              key={copy.id}
              piece={copy}
              here={piece.id}
              words={
                copy.id === newest.id || uses.some(({ sharedId }) => sharedId === copy.id)
                  ? m.evidence_copy_travels()
                  : m.evidence_copy_older()
              }
            />
          ))}
        </div>
      )}
    </Section>
  )
}

function Side({ piece, here, words }: { piece: Piece; here: string; words: string }) {
  return (
    <figure>
      <figcaption>
        <b>{piece.id === here ? <Name>{piece.name}</Name> : <a href={`/evidence/${piece.id}`}>{piece.name}</a>}</b>
        <br />
        <span className="cap">
          {words} · <code>{formatHash(piece.sha256)}</code>
        </span>
      </figcaption>
      <Picture piece={piece} base={`/evidence/${piece.id}`} />
    </figure>
  )
}

/** A piece that its holder shared with a notice, for the other side. */
export function ForeignPiece({ piece, timeZone }: { piece: SharedPiece['piece']; timeZone: string }) {
  return (
    <>
      <PageHead title={<Name>{piece.name}</Name>}>{m.evidence_foreign_lead()}</PageHead>
      <SharedView piece={piece} base={`/evidence/${piece.id}`} timeZone={timeZone} />
    </>
  )
}

/** What is to see of a shared piece, on any page. */
export function SharedView({ piece, base, timeZone }: { piece: Piece; base: string; timeZone: string }) {
  return (
    <div className="stack">
      <Section id="file" title={m.evidence_file()}>
        <PieceFile piece={piece} base={base} timeZone={timeZone} />
      </Section>
      <PieceCapture piece={piece} />
    </div>
  )
}
