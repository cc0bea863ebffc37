/* oxlint-disable react/no-array-index-key -- a mail is drawn once, nothing in it moves */
import { Head, Html } from 'react-email'
import type { CSSProperties, ReactNode } from 'react'
import { getLocale } from '#app/generated/messages/runtime.js'
import { BlockView } from './block-view.tsx'
import { LineView, Words } from './line-view.tsx'
import { ink, mono, quiet, sans } from './paint.ts'
import type { Content } from './blocks.ts'

// Colours are inline; this block only swaps them at night, and clients that drop it stay readable.
const night = `
@media (prefers-color-scheme: dark) {
.p { background: #0e1015 !important; } .c { background: #15181d !important; border-color: #282b32 !important; }
.t { color: #edeef2 !important; } .s { color: #b0b4bc !important; } .l { border-color: #3f444d !important; } .k { color: #98b6fb !important; }
.go { background: #4b6ecc !important; border-color: #4b6ecc !important; } .go a { color: #ffffff !important; } .q { background: #2e2213 !important; }
}
@media (max-width: 480px) { .w { padding-left: 20px !important; padding-right: 20px !important; } .o { padding: 0 !important; } .f { width: 104px !important; } }`

function Bar({ kicker, reference }: Pick<Content, 'kicker' | 'reference'>) {
  const small: CSSProperties = { fontSize: 13, lineHeight: '20px', color: quiet }
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0}>
      <tbody>
        <tr>
          <td className="s" style={small}>
            {kicker}
          </td>
          {reference === undefined ? null : (
            <td className="s" align="right" style={{ ...small, fontFamily: mono, whiteSpace: 'nowrap' }}>
              {reference}
            </td>
          )}
        </tr>
      </tbody>
    </table>
  )
}

function Row({ style, edge = '', children }: { style: CSSProperties; edge?: string; children: ReactNode }) {
  return (
    <tr>
      <td className={`w ${edge}`} style={style}>
        {children}
      </td>
    </tr>
  )
}

function Foot({ foot }: Pick<Content, 'foot'>) {
  return (
    <Row
      edge="l s"
      style={{
        padding: '18px 36px 24px',
        borderTop: '1px solid #e0e2e6',
        fontSize: 12,
        lineHeight: '19px',
        color: quiet,
        overflowWrap: 'anywhere',
      }}
    >
      {foot
        .filter((line) => line.length > 0)
        .map((line, at) => (
          <p key={at} style={{ margin: '0 0 4px' }}>
            <LineView line={line} />
          </p>
        ))}
    </Row>
  )
}

function Sheet({ kicker, reference, title, blocks, foot }: Omit<Content, 'preview'>) {
  return (
    <table
      role="presentation"
      className="c"
      width={600}
      cellPadding={0}
      cellSpacing={0}
      style={{
        width: '100%',
        maxWidth: 600,
        background: '#ffffff',
        border: '1px solid #e0e2e6',
        fontFamily: sans,
        textAlign: 'left',
      }}
    >
      <tbody>
        <Row edge="l" style={{ padding: '20px 36px 18px', borderBottom: '1px solid #e0e2e6' }}>
          <Bar kicker={kicker} {...(reference === undefined ? {} : { reference })} />
        </Row>
        <Row
          edge="t"
          style={{ padding: '28px 36px 18px', fontSize: 15, lineHeight: '24px', color: ink, overflowWrap: 'anywhere' }}
        >
          <h1
            style={{
              margin: '0 0 14px',
              fontSize: 22,
              lineHeight: '29px',
              fontWeight: 'bold',
              wordBreak: 'auto-phrase',
            }}
          >
            <Words>{title}</Words>
          </h1>
          {blocks.map((block, at) => (
            <BlockView key={at} block={block} />
          ))}
        </Row>
        <Foot foot={foot} />
      </tbody>
    </table>
  )
}

/** The one frame of every mail: 600 px, tables, inline colours, no images, readable without its style block. */
export function Layout({ preview, ...content }: Content) {
  const locale = getLocale()
  return (
    <Html lang={locale}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{content.title}</title>
        <style dangerouslySetInnerHTML={{ __html: night }} />
      </Head>
      <body className="p" style={{ margin: 0, padding: 0, background: '#f3f4f7' }}>
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- mail clients drop <article> and keep the role */}
        <div role="article" aria-roledescription="email" aria-label={content.title} lang={locale}>
          <div style={{ display: 'none', maxHeight: 0, overflow: 'hidden' }}>{preview}</div>
          <table
            role="presentation"
            className="p"
            width="100%"
            cellPadding={0}
            cellSpacing={0}
            style={{ background: '#f3f4f7' }}
          >
            <tbody>
              <tr>
                <td className="o" align="center" style={{ padding: '32px 12px' }}>
                  <Sheet {...content} />
                </td>
              </tr>
            </tbody>
          </table>
        </div>
      </body>
    </Html>
  )
}
