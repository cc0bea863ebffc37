import type { ReactNode } from 'react'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'

type PostFormProps = {
  /** conform's form. */
  readonly form: Parameters<typeof faultsOf>[0]
  readonly action?: string
  /** Where the form is posted while it is typed; the page's `#draft-saved` says what came of it. */
  readonly autosave?: string
  /** The form is answered by a passkey (public/passkey.js). */
  readonly passkey?: { readonly kind: 'create' | 'get'; readonly question: string; readonly failed: string }
  readonly children: ReactNode
}

/** A form whose errors stand above it and at its fields, in the reader's language and not the browser's. */
export function PostForm({ form, action, autosave, passkey, children }: PostFormProps) {
  return (
    <form
      method="post"
      id={form.id}
      action={action}
      noValidate
      className="fs"
      data-autosave={autosave}
      data-autosave-says={autosave === undefined ? undefined : '#draft-saved'}
      data-passkey={passkey?.kind}
      data-passkey-options={passkey?.question}
      data-passkey-failed={passkey?.failed}
    >
      <ErrorSummary faults={faultsOf(form)} />
      {children}
    </form>
  )
}
