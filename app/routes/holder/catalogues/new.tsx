import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import { PostForm } from '#app/accounts/post-form.tsx'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { catalogueForm } from '#app/catalogues/catalogue-form.ts'
import { createCatalogue } from '#app/catalogues/create-catalogue.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/new.ts'
import { requireEditor } from './doors.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.catalogues_new())

export function loader({ context }: Route.LoaderArgs) {
  requireEditor(requireMember(context, ['rights_holder']))
  return null
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder'])
  const submission = parseWithZod(await request.formData(), { schema: catalogueForm })
  if (submission.status !== 'success') return data({ result: submission.reply() }, 400)
  const verdict = await createCatalogue({ member, name: submission.value.name })
  if (verdict.allowed) return redirect(`/catalogues/${verdict.catalogueId}`, 303)
  if (verdict.because === 'role')
    return data({ result: submission.reply({ formErrors: [m.catalogues_not_allowed()] }) }, 403)
  return data({ result: submission.reply({ fieldErrors: { name: [m.catalogues_name_taken()] } }) }, 400)
}

/** A new, empty catalogue. */
export default function NewCatalogue({ actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<{ name: string }>({ id: 'catalogue', lastResult: actionData?.result })
  return (
    <>
      <PageHead
        title={m.catalogues_new()}
        crumbs={[{ label: m.catalogues_title(), href: '/catalogues' }, { label: m.catalogues_new() }]}
      />
      <PostForm form={form}>
        <InputField field={fields.name} label={m.catalogues_name()} help={m.catalogues_name_help()} />
        <div>
          <Button look="go">{m.catalogues_create()}</Button>
        </div>
      </PostForm>
    </>
  )
}
