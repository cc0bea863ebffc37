import { useForm } from '@conform-to/react'
import { PostForm } from '#app/accounts/post-form.tsx'
import { WorkFields } from '#app/catalogues/work-fields.tsx'
import { formValuesOf, type WorkFormInput } from '#app/catalogues/work-form.ts'
import { shownExternalId } from '#app/catalogues/work-row.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/work-edit.ts'
import { refuse, requireEditor, requireWork } from './doors.server.ts'
import { saveWorkForm } from './save-work-form.server.ts'

export const meta: Route.MetaFunction = ({ loaderData }) =>
  pageTitle(loaderData?.work.title ?? m.catalogues_work_edit())

export async function loader({ context, params }: Route.LoaderArgs) {
  const { member, catalogue, found } = await requireWork(context, params)
  requireEditor(member)
  if (!found.isCurrent) refuse(409)
  return { catalogue: { id: catalogue.id, name: catalogue.name }, work: found.work }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { member, catalogue, found } = await requireWork(context, params)
  return saveWorkForm({ member, catalogueId: catalogue.id, form: await request.formData(), before: found.work })
}

/** A work as a form. */
export default function EditWork({ loaderData: { catalogue, work }, actionData }: Route.ComponentProps) {
  const page = `/catalogues/${catalogue.id}/works/${work.workId}`
  const [form, fields] = useForm<WorkFormInput>({
    id: 'work',
    lastResult: actionData?.result,
    defaultValue: { ...formValuesOf(work), externalId: shownExternalId(work.externalId) ?? '' },
  })
  return (
    <>
      <PageHead
        title={m.catalogues_edit_title({ title: work.title })}
        crumbs={[
          { label: m.catalogues_title(), href: '/catalogues' },
          { label: <Name>{catalogue.name}</Name>, href: `/catalogues/${catalogue.id}` },
          { label: <Name>{work.title}</Name>, href: page },
          { label: m.catalogues_work_edit() },
        ]}
      >
        {m.catalogues_edit_lead()}
      </PageHead>
      <PostForm form={form}>
        <input type="hidden" name={fields.basedOn.name} value={work.validFrom} />
        <WorkFields fields={fields} kind={work.kind} />
        <div className="bs">
          <Button look="go">{m.catalogues_edit_save()}</Button>
          <LinkButton href={page}>{m.catalogues_import_cancel()}</LinkButton>
        </div>
      </PostForm>
    </>
  )
}
