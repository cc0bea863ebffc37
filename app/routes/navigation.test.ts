import { expect, test } from 'vitest'
import { placeOf, railOf } from './navigation.ts'

test.each([
  ['/notices', '/notices'],
  ['/notices/CAV-7H3K-9Q2V/answer', '/notices'],
  ['/noticesboard', undefined],
  ['/home', '/home'],
  ['/keyboard', undefined],
])('%s lies under %s', (path, href) => expect(placeOf(railOf.rights_holder, path)?.href).toBe(href))

test('no two pages of a rail share a key', () => {
  for (const rail of Object.values(railOf)) {
    const keys = rail.flatMap((place) => ('key' in place ? [place.key] : []))
    expect(new Set(keys).size).toBe(keys.length)
  }
})
