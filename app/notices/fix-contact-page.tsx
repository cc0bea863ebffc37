import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { RadioField } from '#app/ui/choices.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { InputField, SelectField } from '#app/ui/fields.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { Blocked, BlockedNotice } from './find-blocked.server.ts'
import type { FixedRow, Why } from './fix-contact.server.ts'
import { mailAnswer } from './mail-answer.ts'
import { ResentTable } from './resent-table.tsx'

/** What was typed before, with what is wrong with it. */
export interface FixAgain {
  readonly values: Readonly<Record<string, string>>
  readonly picked: readonly string[]
  readonly errors: Readonly<Record<string, readonly string[]>>
}

interface FixContactProps {
  readonly blocked: Blocked
  readonly vendor: string
  readonly mayFile: boolean
  readonly timeZone: string
  readonly again: FixAgain | null
  /** What came of each notice, when some were not sent. */
  readonly results: readonly FixedRow[] | null
}

/** The notices that did not reach a vendor, and the form that sends them to another address. */
export function FixContact(props: FixContactProps) {
  const { blocked, vendor, results, timeZone } = props
  return (
    <div className="stack">
      {results !== null && <Results results={results} />}
      <Section id="blocked" title={m.replies_fix_blocked()} aside={countOf(blocked)}>
        {blocked.notices.length === 0 ? (
          <Empty>{m.replies_fix_none({ vendor })}</Empty>
        ) : (
          <form method="post" className="stack close">
            <DataTable
              rows={blocked.notices}
              rowKey={({ reference }) => reference}
              columns={columnsOf(props)}
              caption={m.replies_fix_blocked()}
            />
            <Faults errors={props.again?.errors['notice']} />
            {props.mayFile ? <Where {...props} /> : <p className="muted">{m.replies_fix_readers()}</p>}
          </form>
        )}
      </Section>
      {blocked.resent.length > 0 && <ResentTable rows={blocked.resent} timeZone={timeZone} />}
    </div>
  )
}

function countOf({ notices, count }: Blocked): string {
  return m.replies_fix_count({ shown: formatNumber(notices.length), count: formatNumber(count) })
}

function columnsOf({ mayFile, again, timeZone }: FixContactProps): Column<BlockedNotice>[] {
  const isPicked = ({ reference }: BlockedNotice) => again === null || again.picked.includes(reference)
  const box: Column<BlockedNotice> = {
    key: 'check',
    head: m.replies_fix_column_check(),
    kind: 'check',
    cell: (row) => (
      <input
        type="checkbox"
        name="notice"
        value={row.reference}
        defaultChecked={isPicked(row)}
        aria-label={m.replies_fix_pick({ reference: row.reference })}
      />
    ),
  }
  return [
    ...(mayFile ? [box] : []),
    {
      key: 'notice',
      head: m.replies_fix_column_notice(),
      kind: 'row',
      cell: ({ reference, works }): ReactNode => (
        <>
          <a className="ref" href={`/notices/${reference}`}>
            {reference}
          </a>
          <span className="t-id">{m.notices_works({ count: formatNumber(works) })}</span>
        </>
      ),
    },
    {
      key: 'address',
      head: m.replies_fix_column_address(),
      cell: ({ address }) => (address === null ? null : <code>{address}</code>),
    },
    { key: 'answer', head: m.replies_fix_column_answer(), cell: ({ response }) => mailAnswer(response ?? '') },
    {
      key: 'since',
      head: m.replies_fix_column_since(),
      kind: 'nowrap',
      cell: ({ since }) => <Moment at={since} timeZone={timeZone} />,
    },
  ]
}

function Where({ blocked, again }: FixContactProps) {
  const values = again?.values ?? {}
  const field = (name: string) => ({ id: name, name, initialValue: values[name], errors: again?.errors[name] })
  const chosen = values['to'] ?? blocked.contacts[0]?.id ?? 'new'
  return (
    <>
      <RadioField
        label={m.replies_fix_to()}
        field={{ ...field('to'), initialValue: chosen, required: true }}
        choices={[
          ...blocked.contacts.map(({ id, address, verifiedHow }) => ({
            value: id,
            label: m.replies_fix_to_contact({ address, how: verifiedHow ?? '' }),
          })),
          {
            value: 'new',
            label: m.replies_fix_to_new(),
            help: m.replies_fix_to_new_help(),
            more: (
              <>
                <InputField
                  label={m.replies_fix_address()}
                  type="email"
                  autoComplete="off"
                  spellCheck={false}
                  maxLength={254}
                  field={field('address')}
                />
                <InputField
                  label={m.replies_fix_source()}
                  help={m.replies_fix_source_help()}
                  maxLength={300}
                  field={field('source')}
                />
                <SelectField
                  label={m.replies_fix_locale()}
                  look="short"
                  options={[
                    { value: 'en', label: m.replies_fix_locale_en() },
                    { value: 'ja', label: m.replies_fix_locale_ja() },
                  ]}
                  field={field('locale')}
                />
              </>
            ),
          },
        ]}
      />
      <p className="cap">{m.replies_fix_send_note()}</p>
      <Button look="go">{m.replies_fix_send()}</Button>
    </>
  )
}

function Faults({ errors }: { errors: readonly string[] | undefined }) {
  if (errors === undefined || errors.length === 0) return null
  return (
    <Note tone="question" status>
      <p>{errors.join(sentenceGap())}</p>
    </Note>
  )
}

const whyWords = {
  'not-blocked': () => m.replies_fix_why_not_blocked(),
  'same-address': () => m.replies_fix_why_same_address(),
  'no-such-contact': () => m.replies_fix_why_no_such_contact(),
  refused: () => m.replies_fix_why_refused(),
} satisfies Record<Why, () => string>

function Results({ results }: { results: readonly FixedRow[] }) {
  return (
    <Section id="results" title={m.replies_fix_results()}>
      <Note tone="question" status>
        <p>{m.replies_fix_some()}</p>
      </Note>
      <ul className="plain">
        {results.map((row) => (
          <li key={row.reference}>
            <span className="ref">{row.reference}</span> {row.sent ? m.replies_fix_row_sent() : whyWords[row.why]()}
          </li>
        ))}
      </ul>
    </Section>
  )
}
