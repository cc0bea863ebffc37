import { data, redirect } from 'react-router'
import { wordsForFileFault } from '#app/catalogues/file-fault-words.ts'
import { startImport } from '#app/catalogues/start-import.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { readUpload } from '#app/platform/upload.server.ts'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { FileField } from '#app/ui/fields.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/import-new.ts'
import { refuse, requireCatalogue, requireEditor } from './doors.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.catalogues_import())

export async function loader({ context, params }: Route.LoaderArgs) {
  const { member, catalogue } = await requireCatalogue(context, params.id)
  requireEditor(member)
  return { catalogue: { id: catalogue.id, name: catalogue.name } }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { member, catalogue } = await requireCatalogue(context, params.id)
  const upload = await readUpload(request, 'file')
  if (upload === undefined) return data({ error: m.catalogues_upload_none() }, 400)
  const verdict = await startImport({ member, catalogueId: catalogue.id, ...upload })
  if (verdict.allowed) return redirect(`/catalogues/${catalogue.id}/import/${verdict.importId}`, 303)
  if (verdict.because === 'role') return data({ error: m.catalogues_not_allowed() }, 403)
  if (verdict.because === 'no-catalogue') return refuse(404)
  return data({ error: wordsForFileFault(verdict.because) }, verdict.because === 'too-large' ? 413 : 400)
}

/** Sends a file for a catalogue. */
export default function NewImport({ loaderData: { catalogue }, actionData }: Route.ComponentProps) {
  const errors = actionData === undefined ? [] : [actionData.error]
  return (
    <>
      <PageHead
        title={m.catalogues_upload_title({ name: catalogue.name })}
        crumbs={[
          { label: m.catalogues_title(), href: '/catalogues' },
          { label: <Name>{catalogue.name}</Name>, href: `/catalogues/${catalogue.id}` },
          { label: m.catalogues_import_crumb() },
        ]}
      >
        {m.catalogues_upload_lead()}
      </PageHead>
      <form method="post" encType="multipart/form-data" className="fs">
        <ErrorSummary faults={errors.map((text) => ({ text, id: 'file' }))} />
        <FileField
          field={{ id: 'file', name: 'file', errors }}
          label={m.catalogues_upload_file()}
          help={m.catalogues_upload_help()}
          accept=".xlsx,.csv,.tsv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv,text/tab-separated-values,text/plain"
        />
        <div>
          <Button look="go">{m.catalogues_upload_go()}</Button>
        </div>
      </form>
    </>
  )
}
