import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { PostForm } from '#app/accounts/post-form.tsx'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { fileFaultWord, inviteWords, isGood } from '#app/associations/invite-words.ts'
import { inviteByFile, maxFileBytes, mostRows } from '#app/associations/invite-by-file.server.ts'
import { inviteForm } from '#app/associations/invite-form.ts'
import { inviteMember } from '#app/associations/invite-member.server.ts'
import { levelHelp, levelWords } from '#app/associations/mandate-words.ts'
import { levels, scopesOf } from '#app/associations/terms-form.ts'
import { m } from '#app/generated/messages/messages.js'
import { goOn } from '#app/routes/account/answers.ts'
import { Button } from '#app/ui/button.tsx'
import { CheckField, RadioField } from '#app/ui/choices.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { FileField, InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/invite.ts'
import { todayIn } from './today.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.mandates_invite_title())

export function loader({ context, request }: Route.LoaderArgs) {
  const { organisation } = requireMember(context, ['association'])
  const done = new URL(request.url).searchParams.get('done')
  return { today: todayIn(organisation.timeZone), most: mostRows, done, verified: organisation.verified }
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireMember(context, ['association'])
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  if (!(length <= maxFileBytes + 64 * 1024)) throw new Response(null, { status: 413 })
  const form = await request.formData()
  const file = form.get('file')
  if (file !== null) {
    if (!(file instanceof File) || file.size === 0) return data({ result: null, fault: m.mandates_file_none() }, 400)
    const taken = await inviteByFile(member, file)
    if (taken.taken) return goOn(`/association/mandates/invite/${taken.batchId}`)
    return data({ result: null, fault: fileFaultWord(taken.because, mostRows) }, 400)
  }
  const submission = parseWithZod(form, { schema: inviteForm })
  if (submission.status !== 'success') return data({ result: submission.reply(), fault: null }, 400)
  const { email, name, level, approvalRequired, startsOn, endsOn } = submission.value
  const result = await inviteMember(member, {
    email,
    name,
    terms: {
      scopes: scopesOf[level],
      vendors: null,
      measures: null,
      catalogues: null,
      approvalRequired: approvalRequired === 'on',
      startsOn,
      endsOn: endsOn ?? null,
    },
  })
  if (isGood(result)) return goOn(`/association/mandates/invite?done=${result}`)
  return data({ result: submission.reply({ formErrors: [inviteWords[result]()] }), fault: null }, 409)
}

/** Where an association puts mandates before its members: one by one, or by a file. */
export default function Invite({ loaderData, actionData }: Route.ComponentProps) {
  const { today, most, done, verified } = loaderData
  const said = actionData || !(done === 'offered' || done === 'invited') ? undefined : inviteWords[done]
  const fault = actionData?.fault ?? null
  return (
    <>
      <PageHead
        title={m.mandates_invite_title()}
        crumbs={[{ label: m.mandates_title(), href: '/association/mandates' }, { label: m.mandates_invite_title() }]}
      >
        {m.mandates_invite_lead()}
      </PageHead>
      {verified ? (
        <div className="stack">
          {said && (
            <Note tone="agreed" status>
              <p>{said()}</p>
            </Note>
          )}
          <Section id="file-title" title={m.mandates_file_title()}>
            <p className="below">{m.mandates_file_lead({ most: formatNumber(most) })}</p>
            <form method="post" encType="multipart/form-data" className="fs">
              <ErrorSummary faults={fault === null ? [] : [{ text: fault, id: 'file' }]} />
              <FileField
                field={{ id: 'file', name: 'file', errors: fault === null ? [] : [fault] }}
                label={m.mandates_file_label()}
                help={m.mandates_file_help()}
                accept=".csv,.tsv,.txt,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              />
              <div>
                <Button look="go">{m.mandates_file_act()}</Button>
              </div>
            </form>
          </Section>
          <Section id="one" title={m.mandates_invite_one()}>
            <One today={today} result={actionData?.result ?? undefined} />
          </Section>
        </div>
      ) : (
        <Note tone="question">
          <p>{m.mandates_invite_not_verified()}</p>
        </Note>
      )}
    </>
  )
}

type OneProps = {
  today: string
  result: NonNullable<NonNullable<Route.ComponentProps['actionData']>['result']> | undefined
}

function One({ today, result }: OneProps) {
  const [form, fields] = useForm<
    Record<'email' | 'name' | 'level' | 'approvalRequired' | 'startsOn' | 'endsOn', string>
  >({
    id: 'invite',
    lastResult: result,
    defaultValue: { level: 'view', startsOn: today },
  })
  return (
    <PostForm form={form}>
      <InputField field={fields.name} label={m.mandates_member()} autoComplete="off" />
      <InputField
        field={fields.email}
        label={m.mandates_invite_email()}
        help={m.mandates_invite_email_help()}
        type="email"
        autoComplete="off"
      />
      <RadioField
        field={fields.level}
        label={m.mandates_field_level()}
        choices={levels.map((level) => ({ value: level, label: levelWords[level](), help: levelHelp[level]() }))}
      />
      <CheckField
        field={fields.approvalRequired}
        label={m.mandates_approval_label()}
        help={m.mandates_approval_help()}
      />
      <InputField field={fields.startsOn} label={m.mandates_field_starts()} type="date" look="short" />
      <InputField field={fields.endsOn} label={m.mandates_field_ends()} type="date" look="short" optional />
      <div>
        <Button>{m.mandates_invite_act()}</Button>
      </div>
    </PostForm>
  )
}
