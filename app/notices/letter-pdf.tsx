import { Document, Page, StyleSheet, Text, View, type DocumentProps } from '@react-pdf/renderer'
import { createElement, Fragment, type ReactElement, type ReactNode } from 'react'
import { annexPages, type AnnexWork } from './letter-annex.ts'
import type { Block, Letter, Run } from './letter.ts'
import { PdfTableView, type PdfTable } from './pdf-table.tsx'

/** All that a PDF of a letter is drawn from: plain data, so that it can be sent to a thread. */
export interface LetterPdf {
  readonly letter: Letter
  /** What a report tells after its words; a letter has none. */
  readonly tables?: readonly PdfTable[]
  readonly paper: 'A4' | 'LETTER'
  readonly title: string
  readonly holder: string
  /** Under every page; `{page}` and `{pages}` stand for its numbers. */
  readonly footer: {
    readonly reference: string
    readonly hash: string
    readonly numbers: string
    /** That characters had to be replaced; kept where there is one. */
    readonly note: string
  }
  readonly annex: {
    readonly title: string
    readonly heads: readonly [string, string, string]
    readonly works: readonly AnnexWork[]
    /** Where the rest is; empty when all are here. */
    readonly more: string
  }
}

const ink = '#1b1e2b'
const quiet = '#565a6b'
const styles = StyleSheet.create({
  page: {
    fontFamily: 'Noto Sans JP',
    fontSize: 10,
    color: ink,
    paddingTop: 56,
    paddingBottom: 72,
    paddingHorizontal: 62,
  },
  // Not on the page: the engine loses the numbers of pages under any line height.
  body: { fontSize: 10, lineHeight: 1.55 },
  block: { marginBottom: 9 },
  title: { fontSize: 14, fontWeight: 700, marginTop: 10, marginBottom: 12, lineHeight: 1.35 },
  heading: { fontSize: 11, fontWeight: 700, marginTop: 6, marginBottom: 5 },
  item: { flexDirection: 'row', marginBottom: 3 },
  mark: { width: 20 },
  words: { flex: 1 },
  fact: { flexDirection: 'row' },
  label: { width: 108, color: quiet },
  rule: { position: 'absolute', left: 62, right: 62, bottom: 56, borderTopWidth: 0.5, borderTopColor: quiet },
  reference: { position: 'absolute', left: 62, right: 140, bottom: 42, color: quiet, fontSize: 7.5 },
  numbers: { position: 'absolute', left: 400, right: 62, bottom: 42, color: quiet, fontSize: 7.5, textAlign: 'right' },
  hash: { position: 'absolute', left: 62, right: 62, bottom: 31, color: quiet, fontSize: 7.5 },
  note: { position: 'absolute', left: 62, right: 62, bottom: 20, color: quiet, fontSize: 7.5 },
  head: { flexDirection: 'row', borderBottomWidth: 0.75, borderBottomColor: ink, paddingBottom: 3, fontWeight: 700 },
  row: {
    flexDirection: 'row',
    borderBottomWidth: 0.25,
    borderBottomColor: quiet,
    paddingVertical: 3,
    fontSize: 9,
    lineHeight: 1.5,
  },
  more: { marginTop: 10 },
  first: { flex: 6, paddingRight: 10 },
  second: { flex: 3, paddingRight: 10 },
  third: { flex: 1, textAlign: 'right' },
})

/** A letter on paper: its own words, then the annex of works; under every page what it is and how it is checked. */
export function LetterDocument({ given }: { given: LetterPdf }): ReactElement<DocumentProps> {
  const { letter, paper, title, holder, annex } = given
  return (
    <Document title={title} author={holder} subject={given.footer.reference} language={letter.locale} creator="Caveat">
      <Page size={paper} style={styles.page}>
        <View style={styles.body}>
          {each(letter.blocks, (block) => drawBlock(block))}
          {each(given.tables ?? [], (table) => (
            <PdfTableView table={table} />
          ))}
        </View>
        <Footer given={given} />
      </Page>
      {each(annexPages(annex.works, paper), (works, place, { length }) => (
        <Page size={paper} style={styles.page}>
          <View style={styles.body}>
            {place === 0 && <Text style={styles.title}>{annex.title}</Text>}
            <View style={styles.head}>
              <Text style={styles.first}>{annex.heads[0]}</Text>
              <Text style={styles.second}>{annex.heads[1]}</Text>
              <Text style={styles.third}>{annex.heads[2]}</Text>
            </View>
            {each(works, ({ title: name, externalId, year }) => (
              <View style={styles.row}>
                <Text style={styles.first}>{name}</Text>
                <Text style={styles.second}>{externalId}</Text>
                <Text style={styles.third}>{year === null ? '' : String(year)}</Text>
              </View>
            ))}
            {place === length - 1 && annex.more !== '' && <Text style={styles.more}>{annex.more}</Text>}
          </View>
          <Footer given={given} />
        </Page>
      ))}
    </Document>
  )
}

function Footer({ given: { footer } }: { given: LetterPdf }) {
  return (
    <>
      <View style={styles.rule} fixed />
      <Text style={styles.reference} fixed>
        {footer.reference}
      </Text>
      <Text
        style={styles.numbers}
        fixed
        render={({ pageNumber, totalPages }) =>
          footer.numbers.replace('{page}', String(pageNumber)).replace('{pages}', String(totalPages))
        }
      />
      <Text style={styles.hash} fixed>
        {footer.hash}
      </Text>
      {footer.note !== '' && (
        <Text style={styles.note} fixed>
          {footer.note}
        </Text>
      )}
    </>
  )
}

function drawBlock(block: Block): ReactNode {
  if (block.type === 'list') {
    return (
      <View style={styles.block}>
        {each(block.items, (item, place) => (
          <View style={styles.item}>
            <Text style={styles.mark}>{block.ordered ? `${place + 1}.` : '–'}</Text>
            <Text style={styles.words}>{words(item)}</Text>
          </View>
        ))}
      </View>
    )
  }
  if (block.type === 'facts') {
    return (
      <View style={styles.block}>
        {each(block.rows, ({ label, value }) => (
          <View style={styles.fact}>
            <Text style={styles.label}>{label}</Text>
            <Text style={styles.words}>{words(value)}</Text>
          </View>
        ))}
      </View>
    )
  }
  if (block.type === 'title')
    return <Text style={styles.title}>{block.lines.map((line) => words(line)).join(' ')}</Text>
  if (block.type === 'heading')
    return (
      <Text style={styles.heading} minPresenceAhead={40}>
        {block.lines.map((line) => words(line)).join(' ')}
      </Text>
    )
  return (
    <View style={styles.block}>
      {each(block.lines, (line) => (
        <Text>{words(line)}</Text>
      ))}
    </View>
  )
}

function words(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('')
}

// Parts of a letter have no identity and never move: as spread children they need no keys.
function each<T>(list: readonly T[], draw: (item: T, place: number, all: readonly T[]) => ReactNode): ReactNode {
  return createElement(Fragment, null, ...list.map((item, place) => draw(item, place, list)))
}
