import { mayDo } from '#app/accounts/roles.ts'
import { m } from '#app/generated/messages/messages.js'
import { controlOf } from '#app/notices/bulk/act-forms.tsx'
import { ActPageView } from '#app/notices/bulk/act-page.tsx'
import { actTitle } from '#app/notices/bulk/act-words.ts'
import { ChoosingPage } from '#app/notices/bulk/choosing-page.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/act.ts'
import { changeAct, requireAct } from './act-door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.bulk_act_page())

export async function loader(args: Route.LoaderArgs) {
  const { member, table, page, path } = await requireAct(args)
  const { timeZone, role } = member.organisation
  const gone = new URL(args.request.url).searchParams.has('gone')
  const mayAct = mayDo(role, 'file-notices')
  return { table, page, path, timeZone, mayAct, isOwn: page.act.requestedBy === member.personId, gone }
}

export function action(args: Route.ActionArgs) {
  return changeAct(args)
}

/** Notices that were chosen, or an act on them: its progress and its result. */
export default function Act({ loaderData, actionData }: Route.ComponentProps) {
  const { table, page, path, timeZone, mayAct, isOwn, gone } = loaderData
  const { act, chosen } = page
  const n = chosen?.matching ?? act.total
  const title = act.asked === null ? m.bulk_chosen_count({ n, count: formatNumber(n) }) : actTitle(act.asked, act.total)
  const fault = actionData?.fault ?? null
  return (
    <>
      <PageHead
        title={title}
        crumbs={[
          { label: m.notices_list_title(), href: table },
          ...(act.asked === null ? [] : [{ label: m.bulk_acts_title(), href: '/notices/acts' }]),
          { label: title },
        ]}
      >
        {chosen?.more === true ? m.bulk_refused_too_many() : undefined}
      </PageHead>
      {fault !== null && <ErrorSummary faults={[{ text: fault.text, ...controlOf(fault.act) }]} />}
      {gone && <ErrorSummary faults={[{ text: m.bulk_file_gone() }]} />}
      {chosen === null ? (
        <ActPageView {...{ page, path, timeZone, isOwn }} />
      ) : (
        <ChoosingPage
          page={{ ...page, chosen }}
          {...{ path, table, timeZone, mayAct, fault }}
          typed={actionData?.typed ?? {}}
        />
      )}
    </>
  )
}
