import { useForm, type SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { z } from 'zod'
import { domainForm } from '#app/accounts/domain.ts'
import { DomainProof } from '#app/accounts/domain-proof.tsx'
import { findDomainProofs } from '#app/accounts/find-domain-proofs.server.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { askForLook, giveDomainUp, startDomainProof } from '#app/accounts/prove-domain.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/settings-domain.ts'
import { formAgain, goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.security_domain_title())

const here = '/settings/domain'
const done = {
  begun: () => m.security_domain_done_begun(),
  looking: () => m.security_domain_done_looking(),
  ended: () => m.security_domain_done_ended(),
} as const satisfies Record<string, () => string>

const refusals = {
  'not-an-owner': m.accounts_team_refused_owner,
  'already-there': m.security_domain_already_there,
  'too-many': m.accounts_too_many_hour,
  'no-domain': m.security_domain_gone,
} as const

export async function loader({ request, context }: Route.LoaderArgs) {
  const member = requireMember(context)
  return {
    kind: member.organisation.kind,
    timeZone: member.timeZone,
    mayChange: mayDo(member.organisation.role, 'manage-organisation'),
    proofs: await findDomainProofs(member),
    done: new URL(request.url).searchParams.get('done'),
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context)
  const form = await request.formData()
  if (form.get('act') === 'begin') return begin(member, form)
  const submission = parseWithZod(form, { schema: proofForm })
  if (submission.status !== 'success') throw data(null, { status: 400 })
  const { act, proofId } = submission.value
  const verdict = await (act === 'look' ? askForLook(member, proofId) : giveDomainUp(member, proofId))
  if (verdict.allowed) return goOn(`${here}?done=${act === 'look' ? 'looking' : 'ended'}`)
  return formAgain(submission, { formErrors: [refusals[verdict.because]()] }, 409)
}

const proofForm = z.object({ act: z.enum(['look', 'end']), proofId: z.uuid() })

async function begin(member: Member, form: FormData) {
  const submission = parseWithZod(form, { schema: domainForm })
  if (submission.status !== 'success') return formAgain(submission)
  const begun = await startDomainProof(member, submission.value.domain)
  if (begun.allowed) return goOn(`${here}?done=begun`)
  return formAgain(submission, { fieldErrors: { domain: [refusals[begun.because]()] } }, 409)
}

/** The domains that the organisation proves. */
export default function SettingsDomain({ loaderData, actionData }: Route.ComponentProps) {
  const { kind, timeZone, mayChange, proofs } = loaderData
  const status = Object.entries(done).find(([key]) => key === loaderData.done && !actionData)?.[1]
  return (
    <>
      <SettingsHead section="domain" kind={kind} lead={m.security_domain_lead()} done={status?.()} />
      <div className="stack">
        {proofs.map((proof) => (
          <DomainProof key={proof.id} proof={proof} timeZone={timeZone} mayChange={mayChange} />
        ))}
        {proofs.length === 0 && <p>{m.security_domain_none()}</p>}
        {mayChange ? <NewDomain result={actionData?.result} /> : <p>{m.security_domain_only_owner()}</p>}
      </div>
    </>
  )
}

function NewDomain({ result }: { result: SubmissionResult | undefined }) {
  const [form, fields] = useForm<{ domain: string }>({ id: 'new-domain', lastResult: result })
  return (
    <Section id="new" title={m.security_domain_new()}>
      <PostForm form={form}>
        <input type="hidden" name="act" value="begin" />
        <InputField
          field={fields.domain}
          label={m.security_domain_name()}
          help={m.security_domain_help()}
          inputMode="url"
          spellCheck={false}
        />
        <div>
          <Button look="go">{m.security_domain_begin()}</Button>
        </div>
      </PostForm>
    </Section>
  )
}
