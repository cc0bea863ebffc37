import { m } from '#app/generated/messages/messages.js'
import { Facts, type Fact } from '#app/ui/facts.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { DateOf } from '#app/ui/when.tsx'
import type { WorkSpan } from './find-work.server.ts'
import { identifierSchemes } from './identifiers.ts'
import { wordForKind } from './kind-words.ts'
import { ReleasedOn } from './released-on.tsx'
import { shownExternalId, type WorkRow } from './work-row.ts'

/** Everything that is known of a work: titles, facts, identifiers, locations, rights. */
export function WorkFacts({ work }: { work: WorkRow }) {
  return (
    <>
      <Section id="facts" title={m.catalogues_work_facts()}>
        <Facts facts={factsOf(work)} />
      </Section>
      <Section id="rights" title={m.catalogues_work_rights()}>
        <Facts facts={rightsOf(work)} />
      </Section>
      <Section id="identifiers" title={m.catalogues_work_identifiers()}>
        {work.identifiers.length === 0 ? (
          <p className="muted">{m.catalogues_work_no_identifiers()}</p>
        ) : (
          <Facts
            facts={work.identifiers.map(({ scheme, value, valid }): Fact => [
              identifierSchemes[scheme].name,
              <span key={value}>
                <code>{value}</code>
                {!valid && ` (${m.catalogues_invalid()})`}
              </span>,
            ])}
          />
        )}
      </Section>
      <Section id="locations" title={m.catalogues_work_locations()}>
        <Locations work={work} />
      </Section>
    </>
  )
}

/** How a work came to be as it is, the newest first. */
export function WorkHistory({ spans, timeZone }: { spans: readonly WorkSpan[]; timeZone: string }) {
  return (
    <Section id="history" title={m.catalogues_work_history()}>
      <ul className="lines">
        {spans.map(({ validFrom, validTo, title, madeAt }) => (
          <li key={validFrom}>
            {m.catalogues_work_in_version({ version: validFrom })}
            {madeAt !== null && (
              <>
                {' · '}
                <DateOf at={madeAt} timeZone={timeZone} />
              </>
            )}
            {validTo !== null && ` · ${m.catalogues_work_until_version({ version: validTo - 1 })}`}
            <span className="t-id">
              <Name>{title}</Name>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function factsOf(work: WorkRow): (Fact | null)[] {
  const { titles } = work
  const externalId = shownExternalId(work.externalId)
  return [
    known(m.catalogues_work_title_ja(), titles.ja),
    known(m.catalogues_work_title_kana(), titles.kana),
    known(m.catalogues_work_title_en(), titles.en),
    known(m.catalogues_work_others(), titles.others?.join(' ／ ')),
    known(m.catalogues_work_creators(), work.creators ?? undefined),
    [m.catalogues_work_kind(), work.kind === null ? notKnown() : wordForKind(work.kind)],
    [
      m.catalogues_work_released(),
      work.releasedOn === null && work.year === null ? notKnown() : <ReleasedOn key="released" work={work} />,
    ],
    known(m.catalogues_work_date_as_written(), work.rights.dateAsWritten),
    externalId === null ? null : [m.catalogues_work_external_id(), <code key="id">{externalId}</code>],
  ]
}

function rightsOf({ rights }: WorkRow): (Fact | null)[] {
  return [
    [m.catalogues_work_holder(), rights.holder === undefined ? notKnown() : <Name key="holder">{rights.holder}</Name>],
    parties(m.catalogues_work_parties(), rights.parties),
    parties(m.catalogues_work_credits(), rights.credits),
    known(m.catalogues_work_distributor(), rights.distributor),
  ]
}

function known(name: string, value: string | undefined): Fact | null {
  return value === undefined ? null : [name, <Name key={name}>{value}</Name>]
}

function notKnown() {
  return <span className="faint">{m.catalogues_work_not_known()}</span>
}

function parties(name: string, all: WorkRow['rights']['parties']): Fact | null {
  if (all === undefined) return null
  const byRole = Map.groupBy(all, ({ role }) => role ?? '')
  return [
    name,
    [...byRole].map(([role, those]) => {
      const names = those.map((party) => party.name).join(' ／ ')
      return (
        <span key={role} className="line-of">
          <Name>{role === '' ? names : m.catalogues_role({ role, names })}</Name>
        </span>
      )
    }),
  ]
}

const kinds = {
  exact: () => m.catalogues_work_location_exact(),
  prefix: () => m.catalogues_work_location_prefix(),
  domain: () => m.catalogues_work_location_domain(),
} as const satisfies Record<WorkRow['locations'][number]['kind'], () => string>

function Locations({ work: { locations } }: { work: WorkRow }) {
  if (locations.length === 0) return <p className="muted">{m.catalogues_work_no_locations()}</p>
  return (
    <ul className="lines">
      {locations.map(({ kind, url }) => (
        <li key={url}>
          <code>{url}</code>
          {kind !== 'exact' && <span className="t-id">{kinds[kind]()}</span>}
        </li>
      ))}
    </ul>
  )
}
