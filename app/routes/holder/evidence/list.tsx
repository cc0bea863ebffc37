import { data, redirect } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { findPieces } from '#app/evidence/find-pieces.server.ts'
import { findOpenUploads } from '#app/evidence/find-uploads.server.ts'
import { PiecesTable } from '#app/evidence/pieces-table.tsx'
import { UploadForm } from '#app/evidence/upload-form.tsx'
import { refusalWords } from '#app/evidence/wording.ts'
import { m } from '#app/generated/messages/messages.js'
import { newId } from '#app/platform/id.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { FilterRow, FilterText } from '#app/ui/filter-row.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/list.ts'
import { keepFromForm, requireKeeper, wayOn } from './doors.server.ts'

const cursor = z.uuid().nullable().catch(null)

export const meta: Route.MetaFunction = () => pageTitle(m.evidence_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const member = requireKeeper(context)
  const { searchParams } = new URL(request.url)
  const search = (searchParams.get('q') ?? '').trim().slice(0, 200)
  const query = {
    search,
    before: cursor.parse(searchParams.get('before')),
    after: cursor.parse(searchParams.get('after')),
  }
  const mayKeep = mayDo(member.organisation.role, 'keep-evidence')
  return {
    search,
    page: await findPieces(member, query),
    unfinished: mayKeep ? await findOpenUploads(member) : [],
    mayKeep,
    timeZone: member.timeZone,
    key: newId(),
  }
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireKeeper(context)
  const kept = await keepFromForm(member, request)
  if (kept.kept) return redirect(wayOn(new URL(request.url).searchParams.get('next'), kept.id), 303)
  const status = kept.because === 'role' ? 403 : kept.because === 'too-large' ? 413 : 400
  return data({ error: refusalWords[kept.because]() }, status)
}

/** The organisation's locker. */
export default function Evidence({ loaderData, actionData }: Route.ComponentProps) {
  const { search, page, unfinished, mayKeep, timeZone, key } = loaderData
  const { pieces, previous, next } = page
  const address = (place: string) => `/evidence?${search === '' ? '' : `q=${encodeURIComponent(search)}&`}${place}`
  return (
    <>
      <PageHead title={m.evidence_title()}>{m.evidence_lead()}</PageHead>
      <div className="stack">
        {mayKeep && (
          <Section id="add" title={m.evidence_upload_title()}>
            <UploadForm action={`/evidence?key=${key}`} error={actionData?.error ?? null} unfinished={unfinished} />
          </Section>
        )}
        <Section id="kept" title={m.evidence_kept_title()}>
          <FilterRow label={m.evidence_filter()} clear={search === '' ? undefined : '/evidence'}>
            <FilterText name="q" label={m.evidence_search()} value={search} placeholder={m.evidence_search_hint()} />
          </FilterRow>
          {pieces.length === 0 ? (
            <Empty act={search === '' ? undefined : <LinkButton href="/evidence">{m.ui_clear()}</LinkButton>}>
              {search === '' ? m.evidence_none() : m.evidence_no_match({ text: search })}
            </Empty>
          ) : (
            <>
              <PiecesTable pieces={pieces} timeZone={timeZone} />
              <TableFoot
                shown={m.evidence_shown({ count: formatNumber(pieces.length), n: pieces.length })}
                pages={{
                  ...(previous === null ? {} : { previous: address(`after=${previous}`) }),
                  ...(next === null ? {} : { next: address(`before=${next}`) }),
                }}
              />
            </>
          )}
        </Section>
      </div>
    </>
  )
}
