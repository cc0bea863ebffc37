import { useForm, type SubmissionResult } from '@conform-to/react'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'

/** Acknowledges everything that a collective link lists, by whoever holds it: as on the page of one notice, with a name and a role. */
export function LinkedAnswer({ result }: { result: SubmissionResult | undefined }) {
  const [form, fields] = useForm<{ name: string; role: string }>({ id: 'acknowledge', lastResult: result ?? null })
  return (
    <Section id="received" title={m.collective_link_received()}>
      <PostForm form={form}>
        <p>{m.collective_link_received_lead()}</p>
        <div className="two">
          <InputField field={fields.name} label={m.mails_answer_name()} autoComplete="name" />
          <InputField field={fields.role} label={m.mails_answer_role()} autoComplete="organization-title" />
        </div>
        <div>
          <Button look="go">{m.collective_link_received_act()}</Button>
        </div>
        <p className="cap">{m.mails_answer_logged()}</p>
      </PostForm>
    </Section>
  )
}
