import { data, redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { chooseMapping } from '#app/catalogues/choose-mapping.server.ts'
import { confirmImport, retryImport, stopImport } from '#app/catalogues/confirm-import.server.ts'
import type { FoundImport } from '#app/catalogues/find-import.server.ts'
import { ImportMappingPage } from '#app/catalogues/import-mapping-page.tsx'
import { ImportProgressPage } from '#app/catalogues/import-progress-page.tsx'
import { ImportResultPage } from '#app/catalogues/import-result-page.tsx'
import { sheetsOnOffer } from '#app/catalogues/import-preview.ts'
import { headingOf, ImportFacts } from '#app/catalogues/import-heading.tsx'
import { isSameForm, readMappingForm, readsAlike } from '#app/catalogues/mapping-form.ts'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/import.ts'
import { refuse, requireImport } from './doors.server.ts'

export const meta: Route.MetaFunction = ({ loaderData }) =>
  pageTitle(loaderData ? headingOf(loaderData.found) : m.catalogues_import())

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { member, found } = await requireImport(context, params)
  return {
    found,
    mayEdit: mayDo(member.organisation.role, 'edit-catalogues'),
    wasRecounted: new URL(request.url).searchParams.has('recounted'),
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { member, found } = await requireImport(context, params)
  const asked = { member, catalogueId: found.catalogueId, importId: found.id }
  const page = `/catalogues/${found.catalogueId}/import/${found.id}`
  const form = await request.formData()
  switch (form.get('intent')) {
    case 'cancel':
      return answer(await stopImport(asked), `/catalogues/${found.catalogueId}`)
    case 'stop':
      return answer(await stopImport(asked), page)
    case 'retry':
      return answer(await retryImport(asked), page)
    case 'import':
    case 'count':
      return chooseAndGo(found, asked, { form, page })
    default:
      return refuse(400)
  }
}

type Asked = Parameters<typeof stopImport>[0]

// What is imported is what was counted: other choices are counted first, and shown.
async function chooseAndGo(found: FoundImport, asked: Asked, { form, page }: { form: FormData; page: string }) {
  if (found.mapping === null || found.form === null || found.status !== 'mapping')
    return answer({ allowed: false, because: 'not-now' }, page)
  const choice = readMappingForm(form, { mapping: found.mapping, sheets: sheetsOnOffer(found.preview) })
  if (choice === undefined) return data({ error: m.catalogues_import_form_fault() }, 400)
  const isCounted =
    readsAlike(choice.mapping, found.mapping) &&
    choice.replaceMissing === found.replaceMissing &&
    isSameForm(choice.form, found.form)
  if (form.get('intent') === 'import' && isCounted) return answer(await confirmImport(asked), page)
  return answer(
    await chooseMapping({ ...asked, ...choice }),
    form.get('intent') === 'import' ? `${page}?recounted` : page,
  )
}

type Verdict = { allowed: true } | { allowed: false; because: 'role' | 'no-import' | 'not-now' | 'no-title' }

const refusals = {
  role: { words: () => m.catalogues_not_allowed(), status: 403 },
  'no-title': { words: () => m.catalogues_import_no_title(), status: 400 },
  'not-now': { words: () => m.catalogues_refused_not_now(), status: 409 },
} as const

function answer(verdict: Verdict, next: string) {
  if (verdict.allowed) return redirect(next, 303)
  if (verdict.because === 'no-import') return refuse(404)
  const { words, status } = refusals[verdict.because]
  return data({ error: words() }, status)
}

/** One import: its columns and dry run, then its progress, then what it did. */
export default function Import({ loaderData: { found, mayEdit, wasRecounted }, actionData }: Route.ComponentProps) {
  const { catalogueId, catalogueName, status, form, mapping, preview } = found
  const isMapped = status === 'mapping' && form !== null && mapping !== null && preview !== null
  return (
    <>
      <PageHead
        title={headingOf(found)}
        crumbs={[
          { label: m.catalogues_title(), href: '/catalogues' },
          { label: <Name>{catalogueName}</Name>, href: `/catalogues/${catalogueId}` },
          { label: m.catalogues_import_crumb() },
        ]}
        acts={
          isMapped &&
          mayEdit && <LinkButton href={`/catalogues/${catalogueId}/import`}>{m.catalogues_import_another()}</LinkButton>
        }
      >
        <ImportFacts found={found} />
      </PageHead>
      {isMapped && mayEdit ? (
        <ImportMappingPage
          found={{ ...found, form, mapping, preview }}
          faults={actionData === undefined ? [] : [actionData.error]}
          wasRecounted={wasRecounted}
        />
      ) : status === 'mapping' || status === 'queued' || status === 'running' ? (
        <ImportProgressPage found={found} mayEdit={mayEdit} />
      ) : (
        <ImportResultPage found={found} mayEdit={mayEdit} />
      )}
    </>
  )
}
