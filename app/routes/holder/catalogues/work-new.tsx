import { useForm } from '@conform-to/react'
import { z } from 'zod'
import { PostForm } from '#app/accounts/post-form.tsx'
import { WorkFields } from '#app/catalogues/work-fields.tsx'
import type { WorkFormInput } from '#app/catalogues/work-form.ts'
import { m } from '#app/generated/messages/messages.js'
import { newId } from '#app/platform/id.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/work-new.ts'
import { requireCatalogue, requireEditor } from './doors.server.ts'
import { saveWorkForm } from './save-work-form.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.catalogues_add_work())

export async function loader({ context, params }: Route.LoaderArgs) {
  const { member, catalogue } = await requireCatalogue(context, params.id)
  requireEditor(member)
  return { catalogue: { id: catalogue.id, name: catalogue.name }, key: newId() }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { member, catalogue } = await requireCatalogue(context, params.id)
  const form = await request.formData()
  const key = z.uuid().safeParse(new URL(request.url).searchParams.get('key'))
  const newWorkId = key.success ? key.data : newId()
  return saveWorkForm({ member, catalogueId: catalogue.id, form, before: null, newWorkId })
}

/** A work added by hand. */
export default function NewWork({ loaderData: { catalogue, key }, actionData }: Route.ComponentProps) {
  const page = `/catalogues/${catalogue.id}`
  const [form, fields] = useForm<WorkFormInput>({ id: 'work', lastResult: actionData?.result })
  return (
    <>
      <PageHead
        title={m.catalogues_add_work()}
        crumbs={[
          { label: m.catalogues_title(), href: '/catalogues' },
          { label: <Name>{catalogue.name}</Name>, href: page },
          { label: m.catalogues_add_work() },
        ]}
      >
        {m.catalogues_edit_lead()}
      </PageHead>
      <PostForm form={form} action={`?key=${key}`}>
        <WorkFields fields={fields} kind={null} />
        <div className="bs">
          <Button look="go">{m.catalogues_edit_add()}</Button>
          <LinkButton href={page}>{m.catalogues_import_cancel()}</LinkButton>
        </div>
      </PostForm>
    </>
  )
}
