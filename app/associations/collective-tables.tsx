import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Badge } from '#app/ui/badge.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Name } from '#app/ui/title.tsx'
import { annexWords, leftOutWords } from './collective-words.ts'
import type { AnnexState } from './collective.ts'

interface Member {
  readonly memberId: string
  readonly name: string
  readonly nameOther: string | null
  readonly state: 'chosen' | 'made' | 'left_out'
  readonly annex: AnnexState
  readonly because: keyof typeof leftOutWords | null
  readonly works: number | null
  readonly mandateVersion: number | null
  readonly notices: number
  readonly withdrawn: number
  readonly sent: number
  readonly decided: number
}

const signs = {
  waiting: { icon: 's-approval', tone: 'question' },
  agreed: { icon: 'o-agreed', tone: 'agreed' },
  changed: { icon: 'o-agreed', tone: 'agreed' },
  stepped_out: { icon: 's-withdrawn', tone: 'ink' },
  silent: { icon: 's-queued', tone: 'ink' },
  lapsed: { icon: 's-withdrawn', tone: 'late' },
  ended: { icon: 's-withdrawn', tone: 'late' },
  called_off: { icon: 's-withdrawn', tone: 'ink' },
} as const

/** How a member answered: a sign and its word. */
export function AnnexBadge({ annex }: { annex: AnnexState }) {
  const { icon, tone } = signs[annex]
  return (
    <Badge icon={icon} tone={tone}>
      {annexWords[annex]()}
    </Badge>
  )
}

/** Members with their answers, and what came of their notices; every count leads to its rows. */
export function AnnexTable({ lines }: { lines: readonly Member[] }) {
  return (
    <DataTable
      rows={lines}
      rowKey={({ memberId }) => memberId}
      columns={memberColumns()}
      caption={m.collective_members()}
    />
  )
}

function memberColumns(): readonly Column<Member>[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  return [
    {
      key: 'member',
      head: m.collective_member(),
      kind: 'row',
      cell: ({ name, nameOther, mandateVersion }) => (
        <>
          <Name>{nameIn(locale, name, nameOther)}</Name>
          {mandateVersion !== null && (
            <span className="t-id">{m.collective_mandate_version({ version: mandateVersion })}</span>
          )}
        </>
      ),
    },
    {
      key: 'annex',
      head: m.collective_annex(),
      cell: ({ state, annex, because }) =>
        state === 'left_out' ? (
          <Badge icon="s-withdrawn" wrap>
            {because === null ? m.collective_left_out() : leftOutWords[because]()}
          </Badge>
        ) : state === 'chosen' ? (
          <span className="muted">{m.collective_not_made_yet()}</span>
        ) : (
          <AnnexBadge annex={annex} />
        ),
    },
    {
      key: 'works',
      head: m.collective_works(),
      kind: 'number',
      cell: ({ works }) => (works === null ? '' : formatNumber(works)),
    },
    {
      key: 'notices',
      head: m.collective_notices(),
      kind: 'number',
      cell: ({ memberId, notices }) => <a href={`/association/notices?member=${memberId}`}>{formatNumber(notices)}</a>,
    },
    { key: 'sent', head: m.collective_served(), kind: 'number', cell: ({ sent }) => formatNumber(sent) },
    { key: 'decided', head: m.collective_decided(), kind: 'number', cell: ({ decided }) => formatNumber(decided) },
    { key: 'out', head: m.collective_withdrawn(), kind: 'number', cell: ({ withdrawn }) => formatNumber(withdrawn) },
  ]
}

interface Serving {
  readonly vendorId: string
  readonly name: string
  readonly nameOther: string | null
  readonly notices: number
  readonly served: number
  readonly acknowledged: number
  readonly decided: number
  readonly undeliverable: number
}

/** Vendors with what came of their notices. */
export function ServingTable({ lines }: { lines: readonly Serving[] }) {
  return (
    <DataTable
      rows={lines}
      rowKey={({ vendorId }) => vendorId}
      columns={servingColumns()}
      caption={m.collective_vendors()}
    />
  )
}

function servingColumns(): readonly Column<Serving>[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const count = (key: 'notices' | 'served' | 'acknowledged' | 'decided' | 'undeliverable', head: string) => ({
    key,
    head,
    kind: 'number' as const,
    cell: (line: Serving) => formatNumber(line[key]),
  })
  return [
    {
      key: 'vendor',
      head: m.collective_vendor(),
      kind: 'row',
      cell: ({ vendorId, name, nameOther }) => (
        <a href={`/association/notices?vendor=${vendorId}`}>
          <Name>{nameIn(locale, name, nameOther)}</Name>
        </a>
      ),
    },
    count('notices', m.collective_notices()),
    count('served', m.collective_served()),
    count('acknowledged', m.collective_acknowledged()),
    count('decided', m.collective_decided()),
    count('undeliverable', m.collective_undeliverable()),
  ]
}
