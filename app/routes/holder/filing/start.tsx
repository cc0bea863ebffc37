import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { kindForm } from '#app/notices/filing-forms.ts'
import { KindFields } from '#app/notices/filing-kind-form.tsx'
import { findVendorIds } from '#app/notices/find-vendor-ids.server.ts'
import { startDraft } from '#app/notices/start-draft.server.ts'
import { formAgain } from '#app/routes/account/answers.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/start.ts'
import { goTo, requireFiler } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_new())

const given = z.object({ vendor: z.array(z.string()).default([]), catalogue: z.uuid().optional() })
const form = kindForm.pick({ kind: true }).extend(given.shape)

export function loader({ context, request }: Route.LoaderArgs) {
  const { organisation } = requireFiler(context)
  const { searchParams } = new URL(request.url)
  return {
    vendors: searchParams.getAll('vendor'),
    catalogue: searchParams.get('catalogue'),
    mayFile: mayDo(organisation.role, 'file-notices'),
    verified: organisation.verified,
    closing: organisation.closesAt !== null,
  }
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireFiler(context)
  const submission = parseWithZod(await request.formData(), { schema: form })
  if (submission.status !== 'success') return formAgain(submission)
  const { kind, vendor, catalogue } = submission.value
  const vendorIds = await findVendorIds(member, vendor)
  const started = await startDraft({ member, given: { kind, vendorIds, ...(catalogue && { catalogueId: catalogue }) } })
  if (!started.allowed) return formAgain(submission, { formErrors: [m.filing_save_role_too_low()] }, 403)
  return goTo(`/filings/${started.draftId}/vendors`)
}

/** The first question of a filing: nothing is saved before it is answered. */
export default function Start({ loaderData, actionData }: Route.ComponentProps) {
  const [conform, fields] = useForm<{ kind: string }>({ id: 'start', lastResult: actionData?.result })
  return (
    <>
      <PageHead
        title={m.filing_new()}
        crumbs={[{ label: m.ui_nav_notices(), href: '/notices' }, { label: m.filing_new() }]}
      >
        {m.filing_new_lead()} <a href="/filings">{m.filing_drafts_title()}</a>
      </PageHead>
      {loaderData.closing && (
        <Note tone="question">
          <p>{m.closing_refused_filing()}</p>
        </Note>
      )}
      {!loaderData.verified && (
        <Note tone="question">
          <p>{m.filing_not_verified_yet()}</p>
        </Note>
      )}
      {loaderData.mayFile ? (
        <PostForm form={conform}>
          {loaderData.vendors.map((vendor) => (
            <input key={vendor} type="hidden" name="vendor" value={vendor} />
          ))}
          {loaderData.catalogue !== null && <input type="hidden" name="catalogue" value={loaderData.catalogue} />}
          <KindFields field={fields.kind} />
        </PostForm>
      ) : (
        <p>{m.filing_refused_role_too_low()}</p>
      )}
    </>
  )
}
