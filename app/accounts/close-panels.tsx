import { useForm, type SubmissionResult } from '@conform-to/react'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatDate, formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import type { Closing } from './closing.ts'
import type { OrganisationKind } from './organisation.ts'
import { PostForm } from './post-form.tsx'

/** What goes and what stays when an organisation of this kind closes. */
export function ClosingEffects({ kind }: { kind: OrganisationKind }) {
  return (
    <>
      <Section id="goes" title={m.closing_goes()}>
        <ul className="dots">
          <li>{m.closing_goes_name()}</li>
          <li>{m.closing_goes_people()}</li>
          <li>{m.closing_goes_own()}</li>
          {kind === 'rights_holder' && <li>{m.closing_goes_works()}</li>}
          {kind === 'vendor' ? <li>{m.closing_goes_entry()}</li> : <li>{m.closing_goes_mandates()}</li>}
        </ul>
      </Section>
      <Section id="stays" title={m.closing_stays()}>
        <ul className="dots">
          <li>{m.closing_stays_notices()}</li>
          {kind !== 'vendor' && <li>{m.closing_stays_open()}</li>}
          <li>{m.closing_stays_record()}</li>
        </ul>
        <p className="gap">
          {m.closing_take()} <a href="/settings/export">{m.privacy_export_title()}</a>
        </p>
      </Section>
    </>
  )
}

/** That the organisation closes, and how to keep it. */
export function ClosingOpen({ closing, timeZone }: { closing: Closing; timeZone: string }) {
  const asked = formatDate(closing.askedAt, timeZone)
  if (closing.begun)
    return (
      <Note tone="late">
        <p>{m.closing_begun()}</p>
      </Note>
    )
  return (
    <Note tone="question">
      <p>
        <strong>{m.closing_open_title({ date: formatDate(closing.eraseAt, timeZone) })}</strong>
      </p>
      <p>
        {closing.asker === null
          ? m.closing_open_text_nobody({ asked })
          : m.closing_open_text({ asked, name: closing.asker })}
      </p>
      <form method="post" className="gap">
        <input type="hidden" name="closing" value={closing.id} />
        <Button name="intent" value="cancel">
          {m.closing_cancel()}
        </Button>
      </form>
    </Note>
  )
}

/** What holds a closing up. */
export function ClosingHeld({ unsent, kind }: { unsent: number; kind: OrganisationKind }) {
  return (
    <Note tone="question">
      <p>{m.closing_unsent({ count: formatNumber(unsent), n: unsent })}</p>
      <p>
        <LinkButton href={kind === 'association' ? '/association/filings' : '/notices'}>
          {m.closing_unsent_link()}
        </LinkButton>
      </p>
    </Note>
  )
}

type FormProps = {
  email: string
  organisation: { name: string }
  needsCode: boolean
  result: SubmissionResult | undefined
}

/** The last question before an organisation closes. */
export function CloseForm({ email, organisation, needsCode, result }: FormProps) {
  const [form, fields] = useForm<{ name: string; password: string; code: string }>({ id: 'close', lastResult: result })
  return (
    <PostForm form={form}>
      {/* Password managers look for the name that the password belongs to. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <InputField
        field={fields.name}
        label={m.closing_name()}
        help={m.closing_name_help({ name: organisation.name })}
        autoComplete="off"
      />
      <InputField
        field={fields.password}
        label={m.accounts_password_current()}
        help={m.privacy_delete_password_help()}
        type="password"
        autoComplete="current-password"
      />
      {needsCode && (
        <InputField
          field={fields.code}
          label={m.closing_code()}
          help={m.security_factor_code_help()}
          autoComplete="one-time-code"
          inputMode="numeric"
          look="short"
        />
      )}
      <p>{m.closing_effect()}</p>
      <div className="bs">
        <Button look="risk go" name="intent" value="close">
          {m.closing_act()}
        </Button>
        <LinkButton href="/settings">{m.closing_back()}</LinkButton>
      </div>
    </PostForm>
  )
}
