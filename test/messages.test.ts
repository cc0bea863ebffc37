import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const settings: { locales: string[]; 'plugin.inlang.messageFormat': { pathPattern: string[] } } = JSON.parse(
  readFileSync(join(root, 'project.inlang/settings.json'), 'utf8'),
)
const areas = settings['plugin.inlang.messageFormat'].pathPattern.map(
  (path) => /messages\/(\w+)\./.exec(path)?.[1] ?? '',
)
const used = new Set(
  ['app', 'emails']
    .flatMap((folder) => filesUnder(join(root, folder)))
    .flatMap((source) => [...source.matchAll(/\bm\.(\w+)/g)].map(([, key]) => key)),
)

test('every file of messages is compiled', () => {
  const files = readdirSync(join(root, 'messages')).toSorted()
  expect(files).toEqual(areas.flatMap((area) => settings.locales.map((locale) => `${area}.${locale}.json`)).toSorted())
})

describe.for(areas)('messages of %s', (area) => {
  const english = read(area, 'en')
  const japanese = read(area, 'ja')

  test('every English message has its Japanese one, and the reverse', () => {
    expect(Object.keys(japanese).toSorted()).toEqual(Object.keys(english).toSorted())
  })

  test('both languages take the same parameters', () => {
    const differing = Object.keys(english).filter(
      (key) => parameters(english[key]).join() !== parameters(japanese[key]).join(),
    )
    expect(differing).toEqual([])
  })

  test('no message is empty, and each is named after its area', () => {
    const odd = Object.entries({ ...english, ...japanese }).filter(
      ([key, value]) => text(value).trim() === '' || !key.startsWith(`${area}_`),
    )
    expect(odd).toEqual([])
  })

  test('Japanese messages are Japanese, unless they are names, numbers or marks', () => {
    const latin = Object.entries(japanese).filter(
      ([, value]) =>
        /[A-Za-z]{2,} [a-z]{2,}/.test(text(value).replaceAll(/\{\w+\}/g, '')) &&
        !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text(value)),
    )
    expect(latin).toEqual([])
  })

  test('every message is used', () => {
    expect(Object.keys(english).filter((key) => !used.has(key))).toEqual([])
  })
})

type Message = string | { match: Record<string, string> }[]

function read(area: string, locale: string): Record<string, Message> {
  const { $schema: _schema, ...messages } = JSON.parse(
    readFileSync(join(root, `messages/${area}.${locale}.json`), 'utf8'),
  )
  return messages
}

function text(message: Message | undefined): string {
  if (message === undefined) return ''
  return typeof message === 'string' ? message : message.flatMap(({ match }) => Object.values(match)).join(' ')
}

function parameters(message: Message | undefined): string[] {
  return [...new Set([...text(message).matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].toSorted()
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : filesUnder(path)
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : []
  })
}
