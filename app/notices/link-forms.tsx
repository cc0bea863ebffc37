import { useForm } from '@conform-to/react'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import type { LinkAgain } from './link-again.tsx'
import { LinkQuestions } from './link-question-forms.tsx'
import { worksWord } from './link-words.ts'
import type { LinkPage } from './find-link-notice.server.ts'
import type { LinkIntent } from './link-answers.ts'

type Fields = { name: string; role: string; reference: string; address: string; code: string }
type FormProps = { page: LinkPage; again: LinkAgain }

function useAnswerForm(intent: LinkIntent, again: LinkAgain) {
  const mine = again?.intent === intent
  const [form, fields] = useForm<Fields>({ id: intent, lastResult: mine ? again.result : null })
  return { form, fields, open: mine }
}

function Intent({ intent }: { intent: LinkIntent }) {
  return <input type="hidden" name="intent" value={intent} />
}

type Typed = ReturnType<typeof useAnswerForm>['fields']

function Who({ fields }: { fields: Typed }) {
  return (
    <div className="two">
      <InputField field={fields.name} label={m.mails_answer_name()} autoComplete="name" />
      <InputField field={fields.role} label={m.mails_answer_role()} autoComplete="organization-title" />
    </div>
  )
}

/** The answers of a notice that nobody has acknowledged: received, wrong contact, answered elsewhere, not our service. */
export function FirstAnswers(props: FormProps) {
  return (
    <div className="answers">
      <Received {...props} />
      <Forward {...props} />
      <Answered {...props} />
      <NotOurs {...props} />
      <LinkQuestions {...props} />
    </div>
  )
}

/** What is left to answer once the notice is acknowledged. */
export function LaterAnswers(props: FormProps & { mayDecline: boolean }) {
  const { mayDecline, ...rest } = props
  return (
    <div className="answers">
      <Answered {...rest} later />
      {mayDecline && <NotOurs {...rest} />}
      <LinkQuestions {...rest} />
    </div>
  )
}

function Received({ again }: FormProps) {
  const { form, fields, open } = useAnswerForm('acknowledge', again)
  return (
    <details name="answer" open={open || again === null}>
      <summary>
        <b>{m.mails_answer_received()}</b>
        <small>{m.mails_answer_received_note()}</small>
      </summary>
      <PostForm form={form}>
        <Intent intent="acknowledge" />
        <Who fields={fields} />
        <InputField field={fields.reference} label={m.mails_answer_your_reference()} optional autoComplete="off" />
        <div>
          <Button look="go">{m.mails_answer_received_act()}</Button>
        </div>
        <p className="cap">{m.mails_answer_logged()}</p>
      </PostForm>
    </details>
  )
}

function Forward({ again }: FormProps) {
  const { form, fields, open } = useAnswerForm('forward', again)
  return (
    <details name="answer" id="forward" open={open}>
      <summary>
        <b>{m.mails_answer_forward()}</b>
        <small>{m.mails_answer_forward_note()}</small>
      </summary>
      <PostForm form={form}>
        <Intent intent="forward" />
        <InputField
          field={fields.address}
          label={m.mails_answer_forward_to()}
          type="email"
          inputMode="email"
          autoComplete="off"
        />
        <InputField field={fields.name} label={m.mails_answer_name()} autoComplete="name" />
        <div>
          <Button look="go">{m.mails_answer_forward_act()}</Button>
        </div>
        <p className="cap">{m.mails_answer_logged_short()}</p>
      </PostForm>
    </details>
  )
}

function Answered({ again, later = false }: FormProps & { later?: boolean }) {
  const { form, fields, open } = useAnswerForm('answered', again)
  return (
    <details name="answer" id="answered" open={open}>
      <summary>
        <b>{later ? m.mails_answer_reference() : m.mails_answer_answered()}</b>
        <small>{later ? m.mails_answer_reference_note() : m.mails_answer_answered_note()}</small>
      </summary>
      <PostForm form={form}>
        <Intent intent="answered" />
        <InputField field={fields.reference} label={m.mails_answer_your_reference()} autoComplete="off" />
        <Who fields={fields} />
        <div>
          <Button look="go">{later ? m.mails_answer_reference_act() : m.mails_answer_answered_act()}</Button>
        </div>
        <p className="cap">{m.mails_answer_logged_short()}</p>
      </PostForm>
    </details>
  )
}

function NotOurs({ page: { link, notice }, again }: FormProps) {
  const { form, fields, open } = useAnswerForm('not-ours', again)
  const asksCode = open && again?.asksCode === true
  const works = worksWord(notice.works)
  return (
    <details name="answer" id="not-ours" open={open}>
      <summary>
        <b>{m.mails_answer_not_ours()}</b>
        <small>{m.mails_answer_not_ours_note({ works, address: link.address })}</small>
      </summary>
      <PostForm form={form}>
        <Intent intent="not-ours" />
        {asksCode && <output>{m.mails_answer_code_sent({ address: link.address })}</output>}
        <Who fields={fields} />
        {asksCode && (
          <InputField field={fields.code} label={m.mails_answer_code()} look="short" autoComplete="one-time-code" />
        )}
        <div>
          <Button look={asksCode ? 'risk go' : 'go'}>
            {asksCode ? m.mails_answer_not_ours_confirm({ works }) : m.mails_answer_not_ours_act()}
          </Button>
        </div>
        <p className="cap">{m.mails_answer_logged_short()}</p>
      </PostForm>
    </details>
  )
}
