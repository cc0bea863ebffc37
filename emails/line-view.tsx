/* oxlint-disable react/no-array-index-key -- a mail is drawn once, nothing in it moves */
import type { Line, Span } from './blocks.ts'
import { accent, mono } from './paint.ts'

function SpanView({ span }: { span: Span }) {
  if (typeof span === 'string') return span
  const { text, lang, strong, href } = span
  const words = strong ? <b>{text}</b> : text
  if (href !== undefined)
    return (
      <a className="k" href={href} style={{ color: accent, textDecoration: 'underline' }}>
        {words}
      </a>
    )
  if (span.mono) return <span style={{ fontFamily: mono }}>{words}</span>
  return lang === undefined ? words : <span lang={lang}>{words}</span>
}

/** The words of one line with their marks. */
export function LineView({ line }: { line: Line }) {
  return line.map((span, at) => <SpanView key={at} span={span} />)
}
