import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { stepWords } from '#app/notices/step-wording.ts'
import { Badge } from '#app/ui/badge.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Details } from '#app/ui/details.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Pager } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { DateOf, Moment } from '#app/ui/when.tsx'
import type { MandateAct, MandateExport, MandateReach } from './find-mandate-acts.server.ts'
import type { MandateVersionView, MandateView } from './find-mandate.server.ts'
import { Differences, VersionTerms } from './mandate-terms.tsx'
import { stateWords } from './mandate-words.ts'
import { mandatesPath } from './mandate-paths.ts'
import { mostCounted } from './mandate-state.ts'

interface Reader {
  readonly timeZone: string
  readonly locale: 'en' | 'ja'
}

/** What counts, or that nothing does. */
export function CurrentMandate({ mandate }: { mandate: MandateView }) {
  const { state, current } = mandate
  return (
    <Section
      id="current"
      title={
        current === null ? m.mandates_nothing_counts() : m.mandates_version_number({ number: String(current.version) })
      }
      aside={
        <Badge icon={stateWords[state].icon} tone={state === 'in-force' ? 'agreed' : 'ink'}>
          {stateWords[state].word()}
        </Badge>
      }
    >
      {current === null ? (
        <p className="muted">{m.mandates_nothing_counts_lead()}</p>
      ) : (
        <VersionTerms mandate={mandate} version={current} />
      )}
    </Section>
  )
}

/** The offer that waits, how it differs, and what can be done about it. */
export function WaitingOffer({ mandate, children }: { mandate: MandateView; children: ReactNode }) {
  const { waiting, current, side } = mandate
  if (waiting === null) return null
  return (
    <Section
      id="offer"
      title={waiting.offeredBy === side ? m.mandates_offer_ours_title() : m.mandates_offer_theirs_title()}
    >
      {current !== null && (
        <>
          <p>{m.mandates_offer_changes()}</p>
          <Differences mandate={mandate} one={waiting} other={current} />
        </>
      )}
      <VersionTerms mandate={mandate} version={waiting} />
      <div className="gap">{children}</div>
    </Section>
  )
}

/** What the association sees and did for the member, each act with the version behind it. */
export function WhatItDid({
  mandate,
  reach,
  timeZone,
  locale,
}: { mandate: MandateView; reach: MandateReach } & Reader) {
  const { acts, covered, next, exports, exportsInAll } = reach
  const name = nameIn(locale, mandate.association.name, mandate.association.nameOther)
  return (
    <Section id="acts" title={m.mandates_acts_title({ association: name })}>
      <p className="below">
        {covered > mostCounted
          ? m.mandates_covers_many({ number: formatNumber(mostCounted) })
          : m.mandates_covers({ count: covered, number: formatNumber(covered) })}
      </p>
      {acts.length === 0 ? (
        <p className="muted">{m.mandates_acts_none({ association: name })}</p>
      ) : (
        <>
          <DataTable
            caption={m.mandates_acts_title({ association: name })}
            columns={actColumns({ timeZone, locale })}
            rows={acts}
            rowKey={({ cursor }) => cursor}
          />
          <Pager next={next === null ? undefined : `${mandatesPath(mandate.side)}/${mandate.id}?after=${next}#acts`} />
        </>
      )}
      <h3 className="gap">{m.mandates_exports_title()}</h3>
      {exports.length === 0 ? (
        <p className="muted">{m.mandates_exports_none({ association: name })}</p>
      ) : (
        <>
          <p className="cap">
            {exportsInAll > exports.length
              ? m.mandates_exports_latest({
                  shown: formatNumber(exports.length),
                  total: formatNumber(exportsInAll),
                })
              : m.mandates_exports_lead({ association: name })}
          </p>
          <DataTable
            caption={m.mandates_exports_title()}
            columns={exportColumns(timeZone)}
            rows={exports}
            rowKey={({ id }) => id}
          />
        </>
      )}
    </Section>
  )
}

function exportColumns(timeZone: string): Column<MandateExport>[] {
  return [
    { key: 'at', head: m.mandates_acts_when(), kind: 'row', cell: ({ at }) => <Moment at={at} timeZone={timeZone} /> },
    { key: 'format', head: m.mandates_exports_format(), cell: ({ format }) => format.toUpperCase() },
    {
      key: 'notices',
      head: m.mandates_exports_notices(),
      kind: 'number',
      cell: ({ notices }) => formatNumber(notices),
    },
    {
      key: 'version',
      head: m.mandates_acts_under(),
      cell: ({ version }) =>
        version !== null && (
          <a href={`#version-${version}`}>{m.mandates_version_number({ number: String(version) })}</a>
        ),
    },
    { key: 'sha256', head: 'SHA-256', cell: ({ sha256 }) => <span className="hash">{sha256}</span> },
  ]
}

function actColumns({ timeZone, locale }: Reader): Column<MandateAct>[] {
  return [
    { key: 'act', head: m.mandates_acts_what(), kind: 'row', cell: ({ step }) => stepWords[step]() },
    {
      key: 'notice',
      head: m.mandates_acts_notice(),
      cell: ({ reference, vendor }) => (
        <>
          <a className="ref" href={`/notices/${reference}`}>
            {reference}
          </a>{' '}
          <Name>{nameIn(locale, vendor.name, vendor.nameOther)}</Name>
        </>
      ),
    },
    { key: 'who', head: m.mandates_acts_who(), cell: ({ person }) => person ?? m.mandates_acts_portal() },
    { key: 'at', head: m.mandates_acts_when(), cell: ({ at }) => <Moment at={at} timeZone={timeZone} /> },
    {
      key: 'version',
      head: m.mandates_acts_under(),
      cell: ({ version }) => (
        <a href={`#version-${version}`}>{m.mandates_version_number({ number: String(version) })}</a>
      ),
    },
  ]
}

/** Every version, newest first, with what it changed. */
export function Versions({ mandate, timeZone }: { mandate: MandateView } & Pick<Reader, 'timeZone'>) {
  const { versions } = mandate
  return (
    <Section id="versions" title={m.mandates_versions()}>
      {versions.map((version, index) => {
        const before = versions.slice(index + 1).find(({ acceptedAt }) => acceptedAt !== null)
        return (
          <div key={version.version} id={`version-${version.version}`} className="below">
            <Details
              summary={
                <>
                  {m.mandates_version_number({ number: String(version.version) })} ·{' '}
                  <WhatBecame version={version} timeZone={timeZone} />
                </>
              }
            >
              {before !== undefined && <Differences mandate={mandate} one={version} other={before} />}
              <VersionTerms mandate={mandate} version={version} />
            </Details>
          </div>
        )
      })}
    </Section>
  )
}

function WhatBecame({ version, timeZone }: { version: MandateVersionView; timeZone: string }) {
  const [word, at] = becameOf(version)
  return (
    <>
      {word} <DateOf at={at} timeZone={timeZone} />
    </>
  )
}

function becameOf({ offeredAt, acceptedAt, declinedAt, endedAt, revokedAt }: MandateVersionView): [string, Date] {
  if (revokedAt !== null) return [m.mandates_became_revoked(), revokedAt]
  if (endedAt !== null) return [m.mandates_became_ended(), endedAt]
  if (acceptedAt !== null) return [m.mandates_became_accepted(), acceptedAt]
  return declinedAt === null ? [m.mandates_became_offered(), offeredAt] : [m.mandates_became_declined(), declinedAt]
}
