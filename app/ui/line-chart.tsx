import { ChartBox } from './chart-box.tsx'

/** One line: its name, and a value for each place. */
export interface Series {
  readonly key: string
  readonly label: string
  readonly values: readonly number[]
}

const width = 640
const height = 200
const left = 48
const right = 120
const top = 12
const bottom = 28
const dashes = [undefined, '6 4', '2 3', '9 3 2 3'] as const

/** At most four lines over the same places, from zero; told apart by their dashes and by the names at their ends. */
export function LineChart({
  id,
  title,
  description,
  places,
  series,
  write,
}: {
  id: string
  title: string
  description: string
  places: readonly string[]
  series: readonly Series[]
  write: (value: number) => string
}) {
  const most = Math.max(...series.flatMap(({ values }) => values), 1)
  const step = places.length < 2 ? 0 : (width - left - right) / (places.length - 1)
  const at = (value: number, place: number) => ({
    x: left + place * step,
    y: Math.round((height - bottom - (value / most) * (height - top - bottom)) * 10) / 10,
  })
  const ends = apart(series.map(({ values }) => at(values.at(-1) ?? 0, places.length - 1).y))
  return (
    <ChartBox title={title}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn here, with its words */}
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{description}</desc>
        <line className="axis" x1={left} x2={width - right} y1={height - bottom} y2={height - bottom} />
        <text className="of" x={left - 8} y={height - bottom + 4} textAnchor="end">
          {write(0)}
        </text>
        <text className="of" x={left - 8} y={top + 4} textAnchor="end">
          {write(most)}
        </text>
        <text className="of" x={left} y={height - 8}>
          {places[0]}
        </text>
        {places.length > 1 && (
          <text className="of" x={width - right} y={height - 8} textAnchor="end">
            {places.at(-1)}
          </text>
        )}
        {series.map(({ key, label, values }, which) => (
          <g key={key}>
            <polyline
              className="trend"
              strokeDasharray={dashes[which]}
              points={values.map((value, place) => `${at(value, place).x},${at(value, place).y}`).join(' ')}
            />
            <text className="says" x={left + (places.length - 1) * step + 8} y={(ends[which] ?? 0) + 4}>
              {label}
            </text>
          </g>
        ))}
      </svg>
    </ChartBox>
  )
}

const lineOfText = 16

// Names at the ends of lines that meet are written under each other.
function apart(wanted: readonly number[]): readonly number[] {
  const order = wanted.map((y, which) => ({ y, which })).toSorted((one, other) => one.y - other.y)
  let floor = -Infinity
  const down = order.map(({ y, which }) => {
    floor = Math.max(y, floor + lineOfText)
    return { y: floor, which }
  })
  // Those that were pushed past the axis go up again, and only those in their way with them.
  let ceiling = height - bottom
  const placed = down.toReversed().map(({ y, which }) => {
    const kept = Math.min(y, ceiling)
    ceiling = kept - lineOfText
    return { y: kept, which }
  })
  return placed.toSorted((one, other) => one.which - other.which).map(({ y }) => y)
}
