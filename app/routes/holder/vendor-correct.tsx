import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { PostForm } from '#app/accounts/post-form.tsx'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { withPerson } from '#app/platform/db.server.ts'
import { formAgain, goOn } from '#app/routes/account/answers.ts'
import { Button } from '#app/ui/button.tsx'
import { InputField, SelectField, TextField } from '#app/ui/fields.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { correctionForm, correctionKinds } from '#app/vendors/correction-forms.ts'
import { crawlerPurposes } from '#app/vendors/crawler-list.ts'
import { suggestCorrection } from '#app/vendors/suggest-correction.server.ts'
import { correctionWord, crawlerWords } from '#app/vendors/wording.ts'
import type { Route } from './+types/vendor-correct.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.security_correction_title())

const refusals = {
  'no-vendor': m.security_correction_no_vendor,
  'already-there': m.security_correction_already_there,
  'too-many': m.accounts_too_many_hour,
} as const

export async function loader({ context, params: { slug } }: Route.LoaderArgs) {
  const { personId } = requireMember(context)
  const vendor = await withPerson(personId, (tx) =>
    tx.vendor.findUnique({ where: { slug }, select: { slug: true, name: true } }),
  )
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (vendor === null) throw new Response(null, { status: 404 })
  return { vendor }
}

export async function action({ request, context, params: { slug } }: Route.ActionArgs) {
  const member = requireMember(context)
  const submission = parseWithZod(await request.formData(), { schema: correctionForm })
  if (submission.status !== 'success') return formAgain(submission)
  const verdict = await suggestCorrection({ member, slug, correction: submission.value })
  if (verdict.allowed) return goOn(`/vendors/${slug}?done=suggested`)
  return formAgain(submission, { formErrors: [refusals[verdict.because]()] }, 409)
}

type Typed = { kind: string; value: string; purpose: string; sourceUrl: string; note: string }

/** Suggesting a correction of an entry: what should stand there, and where it can be read. */
export default function VendorCorrect({ loaderData: { vendor }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<Typed>({ id: 'correction', lastResult: actionData?.result })
  return (
    <>
      <PageHead
        title={m.security_correction_title()}
        crumbs={[
          { label: m.vendors_list_title(), href: '/vendors' },
          { label: vendor.name, href: `/vendors/${vendor.slug}` },
          { label: m.security_correction_title() },
        ]}
      >
        {m.security_correction_lead()}
      </PageHead>
      <PostForm form={form}>
        <div className="two">
          <SelectField
            field={fields.kind}
            label={m.security_correction_kind()}
            options={correctionKinds.map((kind) => ({ value: kind, label: correctionWord(kind) }))}
          />
          <SelectField
            field={fields.purpose}
            label={m.vendors_entry_crawler_purpose()}
            options={crawlerPurposes.map((purpose) => ({ value: purpose, label: crawlerWords[purpose]() }))}
            empty={m.security_correction_no_crawler()}
          />
        </div>
        <InputField
          field={fields.value}
          label={m.security_correction_value()}
          help={m.security_correction_value_help()}
          maxLength={200}
        />
        <InputField
          field={fields.sourceUrl}
          label={m.security_correction_source()}
          help={m.security_correction_source_help()}
          type="url"
        />
        <TextField field={fields.note} label={m.security_correction_note()} optional maxLength={1000} />
        <div>
          <Button look="go">{m.security_correction_send()}</Button>
        </div>
      </PostForm>
    </>
  )
}
