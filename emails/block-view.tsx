/* oxlint-disable react/no-array-index-key -- a mail is drawn once, nothing in it moves */
import type { CSSProperties } from 'react'
import type { Block } from './blocks.ts'
import { sentenceGap } from '#app/ui/format.ts'
import { LineView } from './line-view.tsx'
import { accent, ink, quiet } from './paint.ts'

// Size, colour and breaks of running words are those of the cell around them: said once, they are a fifth of a letter's bytes.
const prose: CSSProperties = { margin: '0 0 18px' }
const small: CSSProperties = { margin: '10px 0 18px', fontSize: 13, lineHeight: '20px', color: quiet }
const cell: CSSProperties = { paddingBottom: 8, fontSize: 15, lineHeight: '23px', color: ink, verticalAlign: 'top' }

type Of<Kind extends Block['kind']> = { block: Extract<Block, { kind: Kind }> }

function Table({ children, style }: { children: React.ReactNode; style?: CSSProperties }) {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} style={{ marginBottom: 18, ...style }}>
      <tbody>{children}</tbody>
    </table>
  )
}

function Due({ block }: Of<'due'>) {
  return (
    <Table>
      <tr>
        <td
          className="q t"
          style={{ padding: '12px 16px', background: '#fef2da', fontSize: 15, lineHeight: '23px', color: ink }}
        >
          <LineView line={block.line} />
        </td>
      </tr>
    </Table>
  )
}

function Act({ block }: Of<'act'>) {
  return (
    <>
      <table role="presentation" cellPadding={0} cellSpacing={0} style={{ margin: '4px 0 18px' }}>
        <tbody>
          <tr>
            <td className="go" style={{ background: accent, border: `1px solid ${accent}`, borderRadius: 5 }}>
              <a
                href={block.href}
                style={{
                  display: 'inline-block',
                  padding: '12px 22px',
                  fontSize: 16,
                  lineHeight: '20px',
                  fontWeight: 'bold',
                  color: '#ffffff',
                  textDecoration: 'none',
                }}
              >
                {block.label}
              </a>
            </td>
          </tr>
        </tbody>
      </table>
      {block.note === undefined ? null : (
        <p className="s" style={{ ...small, marginTop: -8 }}>
          {block.note}
        </p>
      )}
    </>
  )
}

function Links({ block }: Of<'links'>) {
  return (
    <p className="s" style={{ ...small, fontSize: 14, lineHeight: '22px' }}>
      {block.links.map(({ lead, label, href }, at) => (
        <span key={href}>
          {at === 0 ? '' : ' \u00a0·\u00a0 '}
          {lead === undefined ? '' : `${lead}${sentenceGap()}`}
          <a className="k" href={href} style={{ color: accent, textDecoration: 'underline' }}>
            {label}
          </a>
        </span>
      ))}
    </p>
  )
}

function Numbered({ block }: Of<'numbered'>) {
  return (
    <Table>
      {block.items.map(({ title, text }, at) => (
        <tr key={title}>
          <td className="s" width={26} style={{ ...cell, color: quiet }}>
            {at + 1}
          </td>
          <td className="t" style={cell}>
            <b>{title}</b> {text}
          </td>
        </tr>
      ))}
    </Table>
  )
}

function Bullets({ block }: Of<'bullets'>) {
  return (
    <ul style={{ ...prose, paddingLeft: 20 }}>
      {block.items.map((line, at) => (
        <li key={at}>
          <LineView line={line} />
        </li>
      ))}
    </ul>
  )
}

function Facts({ block }: Of<'facts'>) {
  return (
    <Table>
      {block.rows.map(({ label, line }) => (
        <tr key={label}>
          <td className="s f" width={150} style={{ ...cell, color: quiet, paddingRight: 12, overflowWrap: 'normal' }}>
            {label}
          </td>
          <td className="t" style={cell}>
            <LineView line={line} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

function Letter({ block }: Of<'letter'>) {
  return (
    <div
      className="l"
      lang={block.lang}
      style={{ borderLeft: '3px solid #e0e2e6', paddingLeft: 16, whiteSpace: 'pre-line' }}
    >
      {block.paragraphs.map((paragraph, at) => (
        <p key={at} style={{ margin: '0 0 14px' }}>
          {paragraph}
        </p>
      ))}
    </div>
  )
}

/** One block of a mail as tables and inline colours. */
export function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'line':
      return (
        <p {...(block.quiet ? { className: 's', style: small } : { style: prose })}>
          <LineView line={block.line} />
        </p>
      )
    case 'due':
      return <Due block={block} />
    case 'act':
      return <Act block={block} />
    case 'links':
      return <Links block={block} />
    case 'section':
      return (
        <h2
          className="l"
          style={{
            margin: '8px 0 10px',
            padding: '20px 0 0',
            borderTop: '1px solid #e0e2e6',
            fontSize: 16,
            lineHeight: '22px',
          }}
        >
          {block.title}
        </h2>
      )
    case 'numbered':
      return <Numbered block={block} />
    case 'bullets':
      return <Bullets block={block} />
    case 'facts':
      return <Facts block={block} />
  }
  return <Letter block={block} />
}
