import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { GenuineNote } from '#app/notices/genuine-note.tsx'
import { verifyForm } from '#app/notices/verify-form.ts'
import { verifyNotice } from '#app/notices/verify-notice.server.ts'
import { requestContext } from '#app/platform/request.server.ts'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/verify.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.public_verify_title())

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: verifyForm })
  if (submission.status !== 'success') return data({ result: submission.reply(), notice: undefined }, { status: 400 })
  const verified = await verifyNotice(submission.value, context.get(requestContext).clientAddress)
  if (!verified.allowed) {
    const minutes = formatNumber(Math.ceil(verified.retryAfterSeconds / 60))
    const result = submission.reply({ formErrors: [m.accounts_too_many_tries({ minutes })] })
    return data({ result, notice: undefined }, { status: 429 })
  }
  return data({ result: submission.reply(), notice: verified.notice })
}

/** Checking a notice by hand: genuine or not, from whom, to which domain, when, and the letter's hash. */
export default function Verify({ actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<{ reference: string; code: string }>({ id: 'verify', lastResult: actionData?.result })
  return (
    <>
      <PageHead title={m.public_verify_title()}>{m.public_verify_lead()}</PageHead>
      {actionData?.notice === null && (
        <Note tone="late" status>
          <p>
            <b>{m.public_verify_not_found()}</b>
            {sentenceGap()}
            {m.public_verify_not_found_help()}
          </p>
        </Note>
      )}
      {actionData?.notice != null && <GenuineNote notice={actionData.notice} />}
      <PostForm form={form}>
        <InputField
          field={fields.reference}
          label={m.public_verify_reference()}
          help={m.public_verify_reference_help()}
          autoComplete="off"
        />
        <InputField
          field={fields.code}
          label={m.public_verify_code()}
          help={m.public_verify_code_help()}
          autoComplete="off"
        />
        <div>
          <Button look="go">{m.public_verify_act()}</Button>
        </div>
      </PostForm>
    </>
  )
}
