import { m } from '#app/generated/messages/messages.js'
import { OutcomeBadge, ResultBadge } from '#app/notices/outcome-badge.tsx'
import type { Outcome } from '#app/notices/outcomes.ts'
import { StageBadge } from '#app/notices/stage-badge.tsx'
import { measureWords, titleToVendor, waitingWords } from '#app/notices/wording.ts'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Title } from '#app/ui/title.tsx'

interface SampleRow {
  readonly title: string
  readonly under: string
  readonly training: Outcome
  readonly outputs: Outcome
}

const rows: readonly SampleRow[] = [
  { title: '星空の王子', under: 'HA-0017 · 1968', training: 'accepted_excluded', outputs: 'pending' },
  {
    title: '銀河特急 終着駅',
    under: 'HA-0204 · 1981',
    training: 'accepted_excluded',
    outputs: 'accepted_output_blocked',
  },
  { title: 'Paper Lanterns', under: 'HA-0311 · 1994', training: 'refused', outputs: 'pending' },
]

/** A piece of a notice's page, made of the parts of the real one; its people and works are invented. */
export function NoticeSample() {
  return (
    <figure className="panel excerpt" aria-label={m.public_landing_excerpt()}>
      <b>{titleToVendor.exclusion(m.public_landing_sample_vendor())}</b>
      <p className="cap">
        <span className="ref">CAV-7H3K-9Q2V</span> · {m.public_landing_sample_holder()}
      </p>
      <dl className="state">
        <div>
          <dt>{m.public_landing_stage()}</dt>
          <dd>
            <StageBadge stage="in_review" />
            <small>{m.public_landing_sample_set()}</small>
          </dd>
        </div>
        <div>
          <dt>{m.public_landing_outcome()}</dt>
          <dd>
            <ResultBadge outcome="partial" />
          </dd>
        </div>
        <div className="last">
          <dt>{m.public_landing_waiting()}</dt>
          <dd>{waitingWords.vendor()}</dd>
        </div>
      </dl>
      <DataTable rows={rows} rowKey={({ under }) => under} columns={columns()} />
      <figcaption className="cap gap">{m.public_landing_excerpt()}</figcaption>
    </figure>
  )
}

function columns(): Column<SampleRow>[] {
  return [
    {
      key: 'work',
      head: m.public_landing_work(),
      kind: 'row',
      cell: ({ title, under }) => <Title title={title} under={[under]} />,
    },
    {
      key: 'training',
      head: measureWords.STOP_TRAINING_FUTURE(),
      cell: ({ training }) => <OutcomeBadge outcome={training} />,
    },
    { key: 'outputs', head: measureWords.FILTER_OUTPUTS(), cell: ({ outputs }) => <OutcomeBadge outcome={outputs} /> },
  ]
}
