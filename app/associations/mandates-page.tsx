import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Pager } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { Tabs } from '#app/ui/tabs.tsx'
import { Name } from '#app/ui/title.tsx'
import { DateOf, Day } from '#app/ui/when.tsx'
import type { MandateRow, MandatesPage } from './find-mandates.server.ts'
import type { OpenInvitation, SentInvitation } from './invitations.server.ts'
import { mandatesPath, type MandateSide } from './mandate-paths.ts'
import { mandateFilters, type MandateFilter } from './mandate-state.ts'
import { reachOf, stateWords } from './mandate-words.ts'

const filterWords = {
  now: () => m.mandates_tab_now(),
  waiting: () => m.mandates_tab_waiting(),
  ended: () => m.mandates_tab_ended(),
} as const satisfies Record<MandateFilter, () => string>

interface ListProps {
  readonly side: MandateSide
  readonly filter: MandateFilter
  readonly page: MandatesPage
  readonly locale: 'en' | 'ja'
}

/** The mandates of one side: those that count, those that wait, those that ended. */
export function MandatesList({ side, filter, page, locale }: ListProps) {
  const path = mandatesPath(side)
  const { rows, counts, next } = page
  return (
    <Section id="mandates" title={filterWords[filter]()} quiet>
      <div className="below">
        <Tabs
          tabs={mandateFilters.map((key) => ({
            key,
            label: filterWords[key](),
            href: key === 'now' ? path : `${path}?show=${key}`,
            count: counts[key],
          }))}
          chosen={filter}
          label={m.mandates_title()}
        />
      </div>
      {rows.length === 0 ? (
        <Empty>{side === 'association' ? m.mandates_empty_association() : m.mandates_empty_member()}</Empty>
      ) : (
        <>
          <DataTable
            caption={filterWords[filter]()}
            columns={columnsOf({ side, locale })}
            rows={rows}
            rowKey={({ id }) => id}
            walk
          />
          <Pager next={next === null ? undefined : `${path}?show=${filter}&after=${next}`} />
        </>
      )}
    </Section>
  )
}

function columnsOf({ side, locale }: Pick<ListProps, 'side' | 'locale'>): Column<MandateRow>[] {
  return [
    {
      key: 'partner',
      head: side === 'association' ? m.mandates_member() : m.mandates_association(),
      kind: 'row',
      cell: ({ id, partner: { name, nameOther } }) => (
        <a href={`${mandatesPath(side)}/${id}`}>
          <Name>{nameIn(locale, name, nameOther)}</Name>
        </a>
      ),
    },
    {
      key: 'state',
      head: m.mandates_state(),
      cell: ({ state, offer }) => (
        <>
          <Badge icon={stateWords[state].icon} tone={state === 'in-force' ? 'agreed' : 'ink'}>
            {stateWords[state].word()}
          </Badge>
          {offer !== null && state !== 'offered' && (
            <span className="t-id">{offer === 'ours' ? m.mandates_offer_ours() : m.mandates_offer_theirs()}</span>
          )}
        </>
      ),
    },
    { key: 'reach', head: m.mandates_reach(), cell: reachOf },
    { key: 'starts', head: m.mandates_field_starts(), kind: 'nowrap', cell: ({ startsOn }) => <Day day={startsOn} /> },
    {
      key: 'ends',
      head: m.mandates_field_ends(),
      kind: 'nowrap',
      cell: ({ endsOn }) => (endsOn === null ? m.mandates_open_end() : <Day day={endsOn} />),
    },
  ]
}

/** Associations that invited the reader's own address, each with the one act. */
export function InvitationsToMe({
  invitations,
  timeZone,
  locale,
}: {
  invitations: readonly OpenInvitation[]
  timeZone: string
  locale: 'en' | 'ja'
}) {
  if (invitations.length === 0) return null
  return (
    <Section id="invitations" title={m.mandates_invitations_to_me()}>
      <DataTable
        caption={m.mandates_invitations_to_me()}
        columns={invitationColumns({ timeZone, locale })}
        rows={invitations}
        rowKey={({ id }) => id}
      />
    </Section>
  )
}

/** Addresses that were invited and have not signed up. */
export function SentInvitations({
  invitations,
  timeZone,
  mayChange,
}: {
  invitations: readonly SentInvitation[]
  timeZone: string
  mayChange: boolean
}) {
  if (invitations.length === 0) return null
  return (
    <Section
      id="invited"
      title={m.mandates_invited_title()}
      aside={m.mandates_invited_count({ number: formatNumber(invitations.length) })}
    >
      <DataTable
        caption={m.mandates_invited_title()}
        columns={sentColumns({ timeZone, mayChange })}
        rows={invitations}
        rowKey={({ id }) => id}
      />
    </Section>
  )
}

function invitationColumns({ timeZone, locale }: { timeZone: string; locale: 'en' | 'ja' }): Column<OpenInvitation>[] {
  return [
    {
      key: 'association',
      head: m.mandates_association(),
      kind: 'row',
      cell: ({ association: { name, nameOther } }) => <Name>{nameIn(locale, name, nameOther)}</Name>,
    },
    {
      key: 'at',
      head: m.mandates_invited_on(),
      cell: ({ invitedAt }) => <DateOf at={invitedAt} timeZone={timeZone} />,
    },
    { key: 'act', head: m.mandates_act(), cell: ({ id }) => <Claim id={id} /> },
  ]
}

function Claim({ id }: { id: string }) {
  return (
    <form method="post">
      <input type="hidden" name="invitation" value={id} />
      <Button name="act" value="claim">
        {m.mandates_claim()}
      </Button>
    </form>
  )
}

function sentColumns({ timeZone, mayChange }: { timeZone: string; mayChange: boolean }): Column<SentInvitation>[] {
  return [
    { key: 'name', head: m.mandates_member(), kind: 'row', cell: ({ name }) => <Name>{name}</Name> },
    { key: 'email', head: m.accounts_email(), cell: ({ email }) => email },
    {
      key: 'at',
      head: m.mandates_invited_on(),
      cell: ({ invitedAt }) => <DateOf at={invitedAt} timeZone={timeZone} />,
    },
    { key: 'act', head: m.mandates_act(), cell: (row) => mayChange && <TakeBack {...row} /> },
  ]
}

function TakeBack({ id, email }: { id: string; email: string }) {
  return (
    <form method="post">
      <input type="hidden" name="invitation" value={id} />
      <button
        type="submit"
        className="b bare"
        name="act"
        value="withdraw"
        aria-label={m.mandates_take_back_of({ email })}
      >
        {m.mandates_take_back()}
      </button>
    </form>
  )
}
