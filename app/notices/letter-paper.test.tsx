import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LetterBlocks } from './letter-paper.tsx'
import type { Letter } from './letter.ts'

const letter: Letter = {
  locale: 'en',
  blocks: [
    { type: 'title', lines: [[{ text: 'Request' }]] },
    { type: 'address', lines: [[{ text: '<script>alert(1)</script>' }], [{ text: '星空', lang: 'ja' }]] },
    { type: 'list', ordered: true, items: [[{ text: 'stop;', chosen: true }]] },
    { type: 'facts', rows: [{ label: 'Reference', value: [{ text: 'CAV-7H3K-9Q2V' }] }] },
  ],
}

test('names are text, never markup, and keep their language', () => {
  const drawn = renderToStaticMarkup(<LetterBlocks letter={letter} />)
  expect(drawn).toContain('&lt;script&gt;')
  expect(drawn).toContain('<span lang="ja">星空</span>')
  expect(drawn).toContain('<h3>')
  expect(drawn).not.toContain('<mark>')
})

test('marks show only where they are asked for', () => {
  expect(renderToStaticMarkup(<LetterBlocks letter={letter} marked />)).toContain('<li><mark>stop;</mark></li>')
})
