import { useForm } from '@conform-to/react'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ChecksField, RadioField } from '#app/ui/choices.tsx'
import { InputField, SelectField, TextField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import type { LinkPage } from './find-link-notice.server.ts'
import type { LinkAgain } from './link-again.tsx'
import { nameHere, worksWord } from './link-words.ts'
import { askKindWords, reasonWords } from './question-words.ts'
import { longestWords, questionKinds, sendBackReasons } from './questions.ts'

type Fields = {
  question: string
  name: string
  role: string
  kind: string
  about: string
  q: string
  text: string
  reason: string
  number: string
}
type FormProps = { page: LinkPage; again: LinkAgain }
type Intent = 'ask' | 'send-back' | 'close'

function useQuestionForm(intent: Intent, again: LinkAgain) {
  const mine = again?.intent === intent
  const [form, fields] = useForm<Fields>({ id: intent, lastResult: mine ? again.result : null })
  return { form, fields, open: mine }
}

/** The forms of a contact without an account: ask, send the notice back, take a question back; those that fit now. */
export function LinkQuestions(props: FormProps) {
  const { open, questions } = props.page
  return (
    <>
      {open.includes('clarification.requested') && <Ask {...props} />}
      {open.includes('notice.sent_back') && <SendBack {...props} />}
      {open.includes('clarification.closed') && questions.some(({ ended }) => ended === null) && <Close {...props} />}
    </>
  )
}

function Who({ fields }: { fields: ReturnType<typeof useQuestionForm>['fields'] }) {
  return (
    <div className="two">
      <InputField field={fields.name} label={m.mails_answer_name()} autoComplete="name" />
      <InputField field={fields.role} label={m.mails_answer_role()} autoComplete="organization-title" />
    </div>
  )
}

function Ask({ page, again }: FormProps) {
  const { form, fields, open } = useQuestionForm('ask', again)
  return (
    <details name="answer" id="ask-open" open={open}>
      <summary>
        <b>{m.questions_link_ask()}</b>
        <small>{m.questions_link_ask_note()}</small>
      </summary>
      <PostForm form={form}>
        <input type="hidden" name="intent" value="ask" />
        <input type="hidden" name="question" value={fields.question.initialValue ?? page.ids.ask} />
        <SelectField
          field={fields.kind}
          label={m.questions_ask_kind()}
          empty={m.vendors_answer_set_choose()}
          options={questionKinds.map((value) => ({ value, label: askKindWords[value]() }))}
        />
        <TextField field={fields.text} label={m.questions_ask_text()} rows={5} maxLength={longestWords} />
        <RadioField
          field={{
            id: fields.about.id,
            name: fields.about.name,
            initialValue: fields.about.initialValue ?? 'all',
            errors: fields.q.errors,
          }}
          label={m.questions_ask_which()}
          choices={[
            { value: 'all', label: m.questions_ask_which_all({ works: worksWord(page.notice.works) }) },
            {
              value: 'found',
              label: m.questions_ask_which_some(),
              more: (
                <input
                  id={fields.q.id}
                  name="q"
                  type="search"
                  maxLength={200}
                  defaultValue={fields.q.initialValue}
                  aria-label={m.questions_ask_words()}
                />
              ),
            },
          ]}
        />
        <Who fields={fields} />
        <div>
          <Button look="go">{m.questions_ask_button()}</Button>
        </div>
        <p className="cap">{m.mails_answer_logged_short()}</p>
      </PostForm>
    </details>
  )
}

function SendBack({ page, again }: FormProps) {
  const { form, fields, open } = useQuestionForm('send-back', again)
  const holder = nameHere(page.notice.holder)
  return (
    <details name="answer" id="send-back-open" open={open}>
      <summary>
        <b>{m.questions_link_back()}</b>
        <small>{m.questions_link_back_note()}</small>
      </summary>
      <PostForm form={form}>
        <input type="hidden" name="intent" value="send-back" />
        <input type="hidden" name="question" value={fields.question.initialValue ?? page.ids.back} />
        <ChecksField
          field={fields.reason}
          label={m.questions_missing()}
          look="columns"
          choices={sendBackReasons.map((value) => ({ value, label: reasonWords[value]() }))}
        />
        <TextField field={fields.text} label={m.questions_back_text({ holder })} rows={4} maxLength={longestWords} />
        <Who fields={fields} />
        <div>
          <Button look="risk">{m.questions_back_button()}</Button>
        </div>
        <p className="cap">{m.mails_answer_logged_short()}</p>
      </PostForm>
    </details>
  )
}

function Close({ page: { questions }, again }: FormProps) {
  const { form, fields, open } = useQuestionForm('close', again)
  return (
    <details name="answer" id="close-open" open={open}>
      <summary>
        <b>{m.questions_link_close()}</b>
        <small>{m.questions_link_close_note()}</small>
      </summary>
      <PostForm form={form}>
        <input type="hidden" name="intent" value="close" />
        <SelectField
          field={fields.number}
          label={m.questions_link_close_which()}
          options={questions
            .filter(({ ended }) => ended === null)
            .map(({ number }) => ({
              value: String(number),
              label: m.questions_question_title({ number: formatNumber(number) }),
            }))}
        />
        <Who fields={fields} />
        <div>
          <Button>{m.questions_close_act()}</Button>
        </div>
        <p className="cap">{m.mails_answer_logged_short()}</p>
      </PostForm>
    </details>
  )
}
