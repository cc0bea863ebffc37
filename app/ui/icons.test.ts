import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { icons } from './icons.ts'

const sprite = readFileSync(new URL('icons.svg', import.meta.url), 'utf8')

test('the sprite holds exactly the named signs', () => {
  const drawn = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1])
  expect(drawn).toEqual([...icons])
})
