import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Name, Title } from '#app/ui/title.tsx'
import type { JointWork } from './find-joint-works.server.ts'

/** Works that several members claim, one a row, with all that claim them. */
export function JointWorksTable({ works }: { works: readonly JointWork[] }) {
  return <DataTable rows={works} rowKey={({ number }) => String(number)} columns={columns()} />
}

function columns(): Column<JointWork>[] {
  return [
    { key: 'work', head: m.matrix_joint_work(), kind: 'row', cell: ({ title }) => <Title title={title} /> },
    {
      key: 'identifier',
      head: m.matrix_joint_identifier(),
      cell: ({ scheme, value }) => <code>{`${scheme} ${value}`}</code>,
    },
    { key: 'members', head: m.matrix_joint_members(), kind: 'number', cell: ({ members }) => formatNumber(members) },
    { key: 'claims', head: m.matrix_joint_claimed_by(), cell: (work) => <Claims work={work} /> },
  ]
}

function Claims({ work: { claimedBy, claims } }: { work: JointWork }) {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const more = claims - claimedBy.length
  return (
    <>
      {claimedBy.map(({ id, name, nameOther, title, catalogue }, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a member may claim a work twice
        <div key={`${id} ${place}`}>
          <Name>{nameIn(locale, name, nameOther)}</Name>
          <span className="t-id">{m.matrix_joint_claim_as({ catalogue, title })}</span>
        </div>
      ))}
      {more > 0 && <div>{m.matrix_joint_claim_more({ count: formatNumber(more) })}</div>}
    </>
  )
}
