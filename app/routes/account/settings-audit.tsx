import { data } from 'react-router'
import { AuditFilter, AuditTable } from '#app/accounts/audit-table.tsx'
import { mostAuditCounted, readAuditQuery, type AuditQuery } from '#app/accounts/audit.ts'
import { findAudit } from '#app/accounts/find-audit.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { findTeam, ownersOf } from '#app/accounts/team.server.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { cityOf } from '#app/ui/cities.ts'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import type { Route } from './+types/settings-audit.ts'

const base = '/settings/audit'

export const meta: Route.MetaFunction = () => pageTitle(m.audit_tab())

export async function loader({ request, context }: Route.LoaderArgs) {
  const member = requireMember(context)
  const { organisation, timeZone, locale } = member
  const shown = { kind: organisation.kind, organisation: nameIn(locale, organisation.name, organisation.nameOther) }
  if (!mayDo(organisation.role, 'manage-organisation')) {
    const { people } = await findTeam(member)
    return data({ ...shown, owners: ownersOf(people), record: undefined }, { status: 403 })
  }
  const asked = readAuditQuery(request.url)
  const record = { ...(await findAudit(member, asked)), asked, timeZone, zone: cityOf(timeZone, locale) }
  return data({ ...shown, owners: [], record })
}

/** The record of what was done to the organisation, for its owners. */
export default function SettingsAudit({ loaderData }: Route.ComponentProps) {
  const { kind, organisation, owners, record } = loaderData
  return (
    <>
      <SettingsHead section="audit" kind={kind} lead={m.audit_lead({ organisation })} />
      {record === undefined ? <p>{m.audit_only_owner({ owners: owners.join(', ') })}</p> : <Record {...record} />}
    </>
  )
}

type RecordProps = NonNullable<Route.ComponentProps['loaderData']['record']>

function Record({ lines, next, found, people, asked, timeZone, zone }: RecordProps) {
  const isFiltered = addressOf(asked) !== base
  const count = found >= mostAuditCounted ? `${formatNumber(mostAuditCounted)}+` : formatNumber(found)
  return (
    <>
      <AuditFilter asked={asked} people={people} clear={isFiltered ? base : undefined} />
      {lines.length === 0 ? (
        <div className="gap">
          <Empty>{isFiltered ? m.audit_none_filtered() : m.audit_none()}</Empty>
        </div>
      ) : (
        <>
          <AuditTable lines={lines} timeZone={timeZone} />
          <TableFoot
            shown={m.audit_count({ n: found, count, zone })}
            pages={{
              previous: asked.before === null ? undefined : addressOf(asked),
              next: next === null ? undefined : addressOf(asked, { before: next }),
            }}
            file={<a href={addressOf(asked, { file: '.csv' })}>{m.audit_csv()}</a>}
          />
        </>
      )}
    </>
  )
}

function addressOf(asked: AuditQuery, { before, file = '' }: { before?: string; file?: string } = {}): string {
  const { person, group, from, to } = asked
  const set = Object.entries({ person, group, from, to, before }).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const query = new URLSearchParams(set)
  return query.size === 0 ? `${base}${file}` : `${base}${file}?${query}`
}
