import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { FileField } from '#app/ui/fields.tsx'
import { formatBytes } from '#app/ui/format.ts'
import { maxEvidenceBytes } from './media-kinds.ts'
import { maxPartBytes } from './part-size.ts'

/** What the form needs. */
interface UploadFormProps {
  /** Where the form is posted without script: keeps the file and leads on. */
  readonly action: string
  readonly error: string | null
  readonly unfinished?: readonly { id: string; name: string; bytes: number; received: number }[]
  /** The original whose redacted copy is sent. */
  readonly redactionOf?: string
  /** The page to go to once the file is kept. */
  readonly next?: string
  readonly label?: string
}

const none: NonNullable<UploadFormProps['unfinished']> = []

/** Sends a file: as one form, and with the script in parts, with progress, going on where it was after an interruption. */
export function UploadForm({ action, error, unfinished = none, redactionOf, next, label }: UploadFormProps) {
  const errors = error === null ? [] : [error]
  return (
    <>
      <script type="module" src="/upload.js" />
      <form
        method="post"
        action={action}
        encType="multipart/form-data"
        className="fs upload"
        data-upload="/evidence/uploads"
        data-part={maxPartBytes}
        data-most={maxEvidenceBytes}
        data-redaction={redactionOf}
        data-next={next}
        data-too-large={m.evidence_refused_large({ most: formatBytes(maxEvidenceBytes) })}
        data-waiting={m.evidence_upload_waiting()}
        data-checking={m.evidence_upload_checking()}
        data-signed-out={m.evidence_upload_signed_out()}
      >
        <ErrorSummary faults={errors.map((text) => ({ text, id: 'file' }))} />
        <FileField
          field={{ id: 'file', name: 'file', errors, required: true }}
          label={label ?? m.evidence_upload_file()}
          help={m.evidence_upload_help({ most: formatBytes(maxEvidenceBytes) })}
        />
        <div data-upload-state hidden>
          <progress value={0} max={1} aria-label={m.evidence_upload_progress()} />
          <output className="cap" />
        </div>
        <div className="bs">
          <Button look="go">{m.evidence_upload_go()}</Button>
        </div>
      </form>
      {unfinished.length > 0 && <Unfinished uploads={unfinished} />}
    </>
  )
}

function Unfinished({ uploads }: { uploads: NonNullable<UploadFormProps['unfinished']> }) {
  return (
    <div className="gap">
      <p className="cap">{m.evidence_unfinished()}</p>
      <ul className="m">
        {uploads.map(({ id, name, bytes, received }) => (
          <li key={id}>
            {m.evidence_unfinished_one({ name, received: formatBytes(received), bytes: formatBytes(bytes) })}{' '}
            <form method="post" action={`/evidence/uploads/${id}`} className="inline">
              <button type="submit" name="act" value="forget" className="word">
                {m.evidence_unfinished_forget()}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </div>
  )
}
