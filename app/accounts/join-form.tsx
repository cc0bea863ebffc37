import { useForm, type SubmissionResult } from '@conform-to/react'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { minPasswordLength } from './passwords.ts'
import { PostForm } from './post-form.tsx'

type JoinFormProps = { result: SubmissionResult | undefined; organisation: string }

/** Accepting an invitation as somebody new: a name and a password, the mail has proved the address. */
export function JoinForm({ result, organisation }: JoinFormProps) {
  const [form, fields] = useForm<{ name: string; password: string }>({ id: 'join', lastResult: result })
  return (
    <PostForm form={form}>
      <p>{m.accounts_invitation_new()}</p>
      <InputField field={fields.name} label={m.accounts_name()} help={m.accounts_name_help()} autoComplete="name" />
      <InputField
        field={fields.password}
        label={m.accounts_password()}
        help={m.accounts_password_help({ min: String(minPasswordLength) })}
        type="password"
        autoComplete="new-password"
      />
      <div>
        <Button look="go">{m.accounts_invitation_accept({ organisation })}</Button>
      </div>
    </PostForm>
  )
}
