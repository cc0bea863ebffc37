/* oxlint-disable react/no-array-index-key -- a mail is drawn once, nothing in it moves */
import type { Line, Span } from './blocks.ts'
import { accent, mono } from './paint.ts'

// References, codes and SHA-256 are read as one word.
const oneWord = /((?:CAV-|FIL-)?[0-9A-Z]{4}-[0-9A-Z]{4}(?:\/\d+)?|SHA-256)/u

/** Running words; what is read as one word is never broken at its hyphen. */
export function Words({ children }: { children: string }) {
  if (!oneWord.test(children)) return children
  return children.split(oneWord).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <span key={at} style={{ whiteSpace: 'nowrap' }}>
        {part}
      </span>
    ),
  )
}

function SpanView({ span }: { span: Span }) {
  if (typeof span === 'string') return <Words>{span}</Words>
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
