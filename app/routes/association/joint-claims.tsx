import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findJointWorks, type JointPage } from '#app/associations/find-joint-works.server.ts'
import { JointWorksTable } from '#app/associations/joint-works-table.tsx'
import { m } from '#app/generated/messages/messages.js'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import type { Route } from './+types/joint-claims.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.matrix_joint_title())

const asked = z.coerce.number().int().nonnegative().max(2_000_000_000).catch(0)

export async function loader({ context, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['association'])
  const after = asked.parse(new URL(request.url).searchParams.get('after') ?? 0)
  return { after, page: await findJointWorks({ member, after }) }
}

/** Works that several members of the association claim. */
export default function JointClaims({ loaderData: { after, page } }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.matrix_joint_title()}
        crumbs={[{ label: m.matrix_title(), href: '/association/matrix' }, { label: m.matrix_joint_title() }]}
      >
        {m.matrix_joint_lead()}
      </PageHead>
      {page === null ? <Empty>{m.matrix_joint_counting()}</Empty> : <Works page={page} after={after} />}
    </>
  )
}

function Works({ page: { totals, works, next }, after }: { page: JointPage; after: number }) {
  const joint = formatNumber(totals.jointWorks)
  if (totals.jointWorks === 0) return <Empty>{m.matrix_joint_empty()}</Empty>
  return (
    <>
      <p className="cap below-sm">
        {m.matrix_joint_total({ joint, claims: formatNumber(totals.claims), works: formatNumber(totals.works) })}
      </p>
      <JointWorksTable works={works} />
      <TableFoot
        shown={m.matrix_joint_shown({ shown: formatNumber(works.length), total: joint })}
        pages={{
          previous: after > 0 ? '/association/joint-claims' : undefined,
          next: next === null ? undefined : `/association/joint-claims?after=${next}`,
        }}
      />
    </>
  )
}
