import { m } from '#app/generated/messages/messages.js'
import { DataTable } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { FilterRow, FilterText } from '#app/ui/filter-row.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import type { WithdrawingFacts } from './find-withdrawing.server.ts'
import type { Withdrawal } from './withdrawal.ts'
import { worksColumns } from './works-picker.tsx'

/** What was typed when the form came back, and what is wrong with it. */
export interface WithdrawingAgain {
  readonly what: Withdrawal['what']
  readonly reason: string
  readonly work: readonly string[]
  readonly reasonErrors: readonly string[]
  readonly said: readonly string[]
}

interface PageProps {
  readonly facts: WithdrawingFacts
  readonly again: WithdrawingAgain | null
}

/** Withdrawing works, or the whole notice: each leads to a page that says what it does. */
export function WithdrawingPage({ facts, again }: PageProps) {
  return (
    <div className="stack">
      {facts.mayWithdrawWorks && <WithdrawWorks facts={facts} again={again?.what === 'works' ? again : null} />}
      {facts.mayWithdrawNotice && <WithdrawNotice facts={facts} again={again?.what === 'notice' ? again : null} />}
    </div>
  )
}

function WithdrawWorks({ facts, again }: PageProps) {
  const { vendor, works, text, notice, mostCounted } = facts
  const address = `/notices/${notice.reference}/withdraw`
  const { matching, rows } = works
  const many = matching > mostCounted ? `${formatNumber(mostCounted)}+` : formatNumber(matching)
  return (
    <Section id="works" title={m.vendors_withdraw_works_title()} aside={m.vendors_withdraw_works_help({ vendor })}>
      <FilterRow label={m.vendors_withdraw_works_title()} clear={text === '' ? undefined : address}>
        <FilterText name="q" label={m.vendors_withdraw_find()} value={text} />
      </FilterRow>
      {rows.length === 0 ? (
        <Empty>{m.vendors_answer_none()}</Empty>
      ) : (
        <form method="post" className="fs">
          <Faults again={again} id="works-reason" />
          <Hidden what="works" text={text} />
          <div className="wide">
            <DataTable
              walk
              rows={rows}
              rowKey={({ workId }) => workId}
              columns={worksColumns(new Set(again?.work), (title) => m.vendors_withdraw_choose({ title }))}
              caption={m.vendors_withdraw_works_title()}
            />
            <TableFoot
              shown={m.vendors_answer_count({ shown: formatNumber(rows.length), matching: many })}
              pages={{ previous: pageOf(address, text, works.previous), next: pageOf(address, text, works.next) }}
            />
          </div>
          {matching > rows.length && (
            <label className="choice">
              <input type="checkbox" name="everything" />
              {m.vendors_answer_everything({ count: many })}
            </label>
          )}
          <Reason id="works-reason" vendor={vendor} again={again} />
          <div>
            <button type="submit" className="b risk">
              {m.vendors_withdraw_works_button()}
            </button>
          </div>
        </form>
      )}
    </Section>
  )
}

function WithdrawNotice({ facts: { vendor, notice }, again }: PageProps) {
  return (
    <Section id="notice" title={m.vendors_withdraw_notice_title()}>
      <form method="post" className="fs">
        <Faults again={again} id="notice-reason" />
        <Hidden what="notice" text="" />
        <p>{notice.begun ? m.vendors_withdraw_notice_sent({ vendor }) : m.vendors_withdraw_notice_unsent()}</p>
        <Reason id="notice-reason" vendor={vendor} again={again} />
        <div>
          <button type="submit" className="b risk">
            {m.vendors_withdraw_notice_button()}
          </button>
        </div>
      </form>
    </Section>
  )
}

function Hidden({ what, text }: { what: Withdrawal['what']; text: string }) {
  return (
    <>
      <input type="hidden" name="intent" value="review" />
      <input type="hidden" name="what" value={what} />
      <input type="hidden" name="q" value={text} />
    </>
  )
}

function Faults({ again, id }: { again: WithdrawingAgain | null; id: string }) {
  if (again === null) return null
  return (
    <ErrorSummary
      faults={[...again.said.map((text) => ({ text })), ...again.reasonErrors.map((text) => ({ text, id }))]}
    />
  )
}

function Reason({ id, vendor, again }: { id: string; vendor: string; again: WithdrawingAgain | null }) {
  return (
    <TextField
      field={{ id, name: 'reason', initialValue: again?.reason, errors: again?.reasonErrors }}
      label={m.vendors_withdraw_reason({ vendor })}
      rows={3}
      maxLength={2000}
    />
  )
}

function pageOf(address: string, text: string, cursor: WithdrawingFacts['works']['next']): string | undefined {
  if (cursor === null) return undefined
  return `${address}?${new URLSearchParams({ ...(text === '' ? {} : { q: text }), ...cursor })}`
}
