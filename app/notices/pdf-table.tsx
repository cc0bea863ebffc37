import { StyleSheet, Text, View } from '@react-pdf/renderer'
import { createElement, Fragment, type ReactElement, type ReactNode } from 'react'

/** A table on paper, with the bars that draw it over it. */
export interface PdfTable {
  readonly title: string
  readonly why: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** `share` is the length, 0 to 1. */
  readonly bars: readonly { readonly label: string; readonly share: number; readonly text: string }[]
}

const ink = '#1b1e2b'
const quiet = '#565a6b'
const accent = '#33469c'
const styles = StyleSheet.create({
  table: { marginTop: 10 },
  title: { fontSize: 11, fontWeight: 700, marginTop: 6, marginBottom: 3 },
  why: { fontSize: 8, color: quiet, marginBottom: 6 },
  bar: { flexDirection: 'row', alignItems: 'center', marginBottom: 3 },
  of: { width: 130, fontSize: 8, paddingRight: 6, textAlign: 'right' },
  room: { width: 200 },
  fill: { height: 8, backgroundColor: accent },
  says: { flex: 1, fontSize: 8, paddingLeft: 6 },
  head: {
    flexDirection: 'row',
    borderBottomWidth: 0.75,
    borderBottomColor: ink,
    paddingVertical: 3,
    marginTop: 6,
    fontSize: 8,
    fontWeight: 700,
  },
  row: { flexDirection: 'row', borderBottomWidth: 0.25, borderBottomColor: quiet, paddingVertical: 2, fontSize: 8 },
  first: { flex: 3, paddingRight: 8 },
  cell: { flex: 2, textAlign: 'right' },
})

/** So much follows a title on its page before another may begin. */
const together = 3

/** Draws a table: its title, its bars, its rows. */
export function PdfTableView({ table: { title, why, heads, rows, bars } }: { table: PdfTable }): ReactElement {
  const drawn = bars.length > 0
  return (
    <View style={styles.table}>
      <View wrap={false}>
        <Text style={styles.title}>{title}</Text>
        <Text style={styles.why}>{why}</Text>
        {each(bars.slice(0, together), barOf)}
        {!drawn && line(heads, styles.head)}
        {!drawn && each(rows.slice(0, together), (row) => line(row, styles.row))}
      </View>
      {each(bars.slice(together), barOf)}
      {drawn && line(heads, styles.head)}
      {each(drawn ? rows : rows.slice(together), (row) => line(row, styles.row))}
    </View>
  )
}

function barOf({ label, share, text }: PdfTable['bars'][number]): ReactElement {
  return (
    <View style={styles.bar} wrap={false}>
      <Text style={styles.of}>{label}</Text>
      <View style={styles.room}>
        <View style={[styles.fill, { width: Math.max(0.5, share * 200) }]} />
      </View>
      <Text style={styles.says}>{text}</Text>
    </View>
  )
}

function line(cells: readonly string[], look: (typeof styles)['head'] | (typeof styles)['row']): ReactElement {
  return (
    <View style={look} wrap={false}>
      {each(cells, (cell, place) => (
        <Text style={place === 0 ? styles.first : styles.cell}>{cell}</Text>
      ))}
    </View>
  )
}

// Rows have no identity and never move: as spread children they need no keys.
function each<T>(list: readonly T[], draw: (item: T, place: number) => ReactNode): ReactNode {
  return createElement(Fragment, null, ...list.map((item, place) => draw(item, place)))
}
