import type { Bar } from './bars.ts'

const width = 640
const labelWidth = 176
const textWidth = 150
const row = 28

/** Bars from zero, drawn on the server; the numbers stand on them, and again in the table beside. */
export function BarChart({
  id,
  title,
  description,
  bars,
}: {
  id: string
  title: string
  description: string
  bars: readonly Bar[]
}) {
  const most = Math.max(...bars.map(({ value, mark }) => Math.max(value, mark ?? 0)), 1e-9)
  const room = width - labelWidth - textWidth
  const lengthOf = (value: number) => Math.round((value / most) * room * 10) / 10
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${width} ${bars.length * row + 4}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn here, with its words
      role="img"
      aria-labelledby={`${id}-t ${id}-d`}
    >
      <title id={`${id}-t`}>{title}</title>
      <desc id={`${id}-d`}>{description}</desc>
      <line className="axis" x1={labelWidth} x2={labelWidth} y1={0} y2={bars.length * row + 4} />
      {bars.map(({ key, label, value, text, mark }, place) => {
        const top = place * row
        const end = labelWidth + Math.max(lengthOf(value), mark === undefined ? 0 : lengthOf(mark))
        return (
          <g key={key}>
            <text className="of" x={labelWidth - 8} y={top + 18} textAnchor="end">
              {short(label)}
            </text>
            <rect className="bar-fill" x={labelWidth} y={top + 6} width={lengthOf(value)} height={row - 10} />
            {mark !== undefined && (
              <>
                <line
                  className="whisker"
                  x1={labelWidth + lengthOf(value)}
                  x2={labelWidth + lengthOf(mark)}
                  y1={top + 15}
                  y2={top + 15}
                />
                <line
                  className="whisker"
                  x1={labelWidth + lengthOf(mark)}
                  x2={labelWidth + lengthOf(mark)}
                  y1={top + 9}
                  y2={top + 21}
                />
              </>
            )}
            <text className="says" x={end + 8} y={top + 19}>
              {text}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

// The whole name stands in the table beside; here it has the room of some Latin letters, of which others take two.
function short(label: string): string {
  let columns = 0
  let kept = ''
  for (const character of label) {
    columns += (character.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2
    if (columns > 25) return `${kept}…`
    kept += character
  }
  return kept
}
