import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { CheckField, RadioField, type Choice } from '#app/ui/choices.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { FilterRow, FilterText } from '#app/ui/filter-row.tsx'
import { formatBytes, formatHash } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import type { ChoosablePiece } from './choose-pieces.server.ts'
import { kindOf } from './media-kinds.ts'
import type { SharingVerdict, Travel } from './sharing.ts'
import { UploadForm } from './upload-form.tsx'
import { kindWords } from './wording.ts'

/** Why a choice cannot stand. */
export const sharingWords = {
  'originals-unconfirmed': () => m.evidence_choose_unconfirmed(),
  'no-copy': () => m.evidence_choose_no_copy(),
  'too-many': () => m.evidence_choose_too_many(),
} as const satisfies Record<Extract<SharingVerdict, { allowed: false }>['because'], () => string>

interface ChoosePiecesProps {
  readonly pieces: readonly ChoosablePiece[]
  /** How each piece is set now. */
  readonly chosen: ReadonlyMap<string, Travel>
  /** Pieces that go with the notice already and cannot be taken back. */
  readonly fixed?: ReadonlySet<string>
  readonly search: string
  /** This page's own address. */
  readonly here: string
  readonly back: { readonly href: string; readonly label: string }
  readonly revision?: number
  readonly error: string | null
  readonly save: string
  readonly formKey: string
}

const nothing: ReadonlySet<string> = new Set()

/** Chooses pieces for a notice: each one at a time, what the vendor can read of it said on the spot. */
export function ChoosePieces(props: ChoosePiecesProps) {
  const { pieces, search, here, back, revision, error, save, fixed = nothing } = props
  const open = pieces.filter(({ id }) => !fixed.has(id))
  return (
    <div className="stack">
      <Section id="choose" title={m.evidence_choose_title()}>
        <FilterRow label={m.evidence_filter()} clear={search === '' ? undefined : here}>
          <FilterText name="q" label={m.evidence_search()} value={search} placeholder={m.evidence_search_hint()} />
        </FilterRow>
        <form method="post" className="fs" action={search === '' ? here : `${here}?q=${encodeURIComponent(search)}`}>
          <ErrorSummary faults={error === null ? [] : [{ text: error, id: 'originals' }]} />
          {revision !== undefined && <input type="hidden" name="revision" value={revision} />}
          {open.length === 0 && <p className="muted">{m.evidence_choose_none()}</p>}
          {open.map((piece) => (
            <PieceChoice key={piece.id} piece={piece} now={props.chosen.get(piece.id) ?? 'no'} />
          ))}
          {open.length > 0 && (
            <CheckField
              field={{ id: 'originals', name: 'originals', errors: error === null ? [] : [error] }}
              label={m.evidence_choose_confirm()}
              help={m.evidence_choose_confirm_help()}
            />
          )}
          <div className="bs">
            <LinkButton href={back.href}>{back.label}</LinkButton>
            {open.length > 0 && <Button look="go">{save}</Button>}
          </div>
        </form>
      </Section>
      <Section id="add" title={m.evidence_upload_title()}>
        <UploadForm
          action={`/evidence?key=${props.formKey}&next=${encodeURIComponent(here)}`}
          error={null}
          next={here}
        />
      </Section>
    </div>
  )
}

function PieceChoice({ piece, now }: { piece: ChoosablePiece; now: Travel }) {
  const [copy] = piece.copies
  const choices: Choice[] = [
    { value: 'no', label: m.evidence_travel_no() },
    { value: 'kept', label: m.evidence_travel_kept() },
    ...(copy === undefined
      ? []
      : [{ value: 'redacted', label: m.evidence_travel_redacted({ name: copy.name, hash: formatHash(copy.sha256) }) }]),
    { value: 'original', label: m.evidence_travel_original({ hash: formatHash(piece.sha256) }) },
  ]
  return (
    <RadioField
      field={{ id: `piece-${piece.id}`, name: `piece-${piece.id}`, initialValue: now }}
      label={
        <>
          <Name>{piece.name}</Name>
          <span className="opt">
            {' '}
            {m.evidence_kind_and_type({ kind: kindWords[kindOf(piece.type)](), type: formatBytes(piece.bytes) })}
          </span>
        </>
      }
      look="row"
      choices={choices}
    />
  )
}
