import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Name } from '#app/ui/title.tsx'
import type { ChoosableMember } from './find-choosable.server.ts'

/** Members for which may be filed: a box, their catalogue, and the words by which works are chosen. */
export function MembersTable({ members, caption }: { members: readonly ChoosableMember[]; caption: string }) {
  return <DataTable rows={members} rowKey={({ id }) => id} columns={columns()} caption={caption} />
}

function columns(): readonly Column<ChoosableMember>[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const named = ({ name, nameOther }: ChoosableMember) => nameIn(locale, name, nameOther)
  return [
    {
      key: 'choose',
      head: <span className="sr">{m.collective_choose()}</span>,
      kind: 'check',
      cell: (member) => (
        <input
          type="checkbox"
          id={`member-${member.id}`}
          name="member"
          value={member.id}
          defaultChecked={member.chosen !== null}
          disabled={member.catalogues.length === 0}
          aria-label={named(member)}
        />
      ),
    },
    {
      key: 'name',
      head: m.collective_member(),
      kind: 'row',
      cell: (member) => (
        <label htmlFor={`member-${member.id}`}>
          <Name>{named(member)}</Name>
          {member.approvalRequired && <span className="t-id">{m.collective_approval_required()}</span>}
          {!member.verified && <span className="t-id">{m.collective_out_not_verified()}</span>}
        </label>
      ),
    },
    { key: 'catalogue', head: m.collective_catalogue(), cell: (member) => <Catalogues member={member} /> },
    {
      key: 'works',
      head: m.collective_works_filter(),
      cell: ({ id, chosen, ...member }) => (
        <input
          name={`works-${id}`}
          defaultValue={chosen?.works?.filter.text ?? ''}
          placeholder={m.collective_works_all()}
          aria-label={m.collective_works_filter_of({ member: nameIn(locale, member.name, member.nameOther) })}
        />
      ),
    },
  ]
}

function Catalogues({ member: { id, name, catalogues, chosen } }: { member: ChoosableMember }) {
  if (catalogues.length === 0) return <span className="muted">{m.collective_no_catalogue()}</span>
  return (
    <select
      name={`catalogue-${id}`}
      defaultValue={chosen?.catalogueId ?? catalogues[0]?.id}
      aria-label={m.collective_catalogue_of({ member: name })}
    >
      {catalogues.map((catalogue) => (
        <option key={catalogue.id} value={catalogue.id}>
          {m.collective_catalogue_option({
            name: catalogue.name,
            count: formatNumber(catalogue.works),
            n: catalogue.works,
          })}
        </option>
      ))}
    </select>
  )
}
