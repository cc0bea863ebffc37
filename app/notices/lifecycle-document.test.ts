import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lifecycleDocument } from './lifecycle-document.ts'
import { stepNames } from './lifecycle.ts'

test('docs/lifecycle.md is what the table says; run scripts/lifecycle-document.ts to write it anew', () => {
  expect(readFileSync(new URL('../../docs/lifecycle.md', import.meta.url), 'utf8')).toBe(lifecycleDocument())
})

test('every step has its row', () => {
  for (const step of stepNames) expect(lifecycleDocument()).toContain(`| \`${step}\` |`)
})
