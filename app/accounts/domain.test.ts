import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { afterLook, domainForm, holdsProof, registrableDomain, type Look } from './domain.ts'

describe('a registrable domain', () => {
  test.each([
    ['example.com', 'example.com'],
    ['www.example.com', 'example.com'],
    ['a.b.example.co.jp', 'example.co.jp'],
    ['studio.github.io', 'studio.github.io'],
    ['pages.studio.github.io', 'studio.github.io'],
    ['xn--eckwd4c7cu47r2wf.jp', 'xn--eckwd4c7cu47r2wf.jp'],
    ['com', undefined],
    ['co.jp', undefined],
    ['github.io', undefined],
    ['localhost', undefined],
    ['intranet.corp', undefined],
    ['127.0.0.1', undefined],
    ['[::1]', undefined],
    ['', undefined],
  ])('of %s is %s', (host, domain) => {
    expect(registrableDomain(host)).toBe(domain)
  })
})

describe('a domain as it is typed', () => {
  test.each([
    ['example.com', 'example.com'],
    [' Example.COM ', 'example.com'],
    ['https://www.example.com/about?x=1', 'example.com'],
    ['ドメイン名例.jp', 'xn--eckwd4c7cu47r2wf.jp'],
  ])('%s is %s', (typed, domain) => {
    expect(domainForm.parse({ domain: typed })).toEqual({ domain })
  })

  test.each([
    '',
    'co.jp',
    'blog.example.com',
    'localhost',
    '127.0.0.1',
    'https://',
    'a b.com',
    'user@example.com.',
    'x'.repeat(400),
  ])('%s is none', (typed) => {
    expect(domainForm.safeParse({ domain: typed }).success).toBe(false)
  })
})

test('the proof is the whole text, among others, and not a part of one', () => {
  expect(holdsProof(['v=spf1 -all', ' caveat=token\r'], 'token')).toBe(true)
  for (const text of ['caveat=tokens', 'xcaveat=token', 'token', 'caveat=', 'CAVEAT=token'])
    expect(holdsProof([text], 'token')).toBe(false)
})

describe('looking again', () => {
  const day = 86_400_000
  const start = new Date('2026-11-03T00:00:00Z')
  const look = {
    dns: { found: 'dns' },
    absent: { found: null, fault: 'absent' },
    out: { found: null, fault: 'unreachable' },
  } as const

  /** What becomes of a proof when it is looked for on its days, each time with this result. */
  function play(looks: readonly Look[]) {
    let standing: ReturnType<typeof afterLook> = { provenAt: null, misses: 0, missingSince: null, nextCheckAt: start }
    let at = start
    for (const each of looks) {
      standing = afterLook(standing, each, at)
      at = standing.nextCheckAt ?? at
    }
    return standing
  }

  test('is daily in the first week and weekly after it', () => {
    const first = play([look.dns])
    expect(first).toMatchObject({ provenAt: start, nextCheckAt: new Date(start.getTime() + day) })
    const eighth = play(Array.from({ length: 8 }, () => look.dns))
    expect(eighth.nextCheckAt).toEqual(new Date(start.getTime() + 14 * day))
  })

  test('a proof is missing after two looks that did not find it, or three that could not be made', () => {
    expect(play([look.dns, look.absent]).missingSince).toBeNull()
    expect(play([look.dns, look.absent, look.absent]).missingSince).toEqual(new Date(start.getTime() + 2 * day))
    expect(play([look.dns, look.out, look.out]).missingSince).toBeNull()
    expect(play([look.dns, look.out, look.out, look.out]).missingSince).not.toBeNull()
    expect(play([look.dns, look.absent, look.dns, look.absent]).missingSince).toBeNull()
  })

  test('asking again and again within a day of a miss makes no second one, and a look that finds it counts at once', () => {
    const missed = play([look.dns, look.absent])
    const soon = new Date(start.getTime() + day + 60_000)
    expect(afterLook(afterLook(missed, look.absent, soon), look.out, soon)).toEqual(missed)
    expect(afterLook(missed, look.dns, soon)).toMatchObject({ misses: 0, missingSince: null })
  })

  test('whatever happens, a proof that is there now is not missing, and one that was is looked for daily', () => {
    const any = fc.array(fc.constantFrom<Look>(look.dns, look.absent, look.out), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(any, (looks) => {
        const standing = play([look.dns, ...looks])
        expect(standing.provenAt).toEqual(start)
        expect(standing.nextCheckAt).not.toBeNull()
        expect(looks.at(-1)?.found !== null && standing.missingSince !== null).toBe(false)
        expect(play([look.dns, ...looks, look.dns]).missingSince).toBeNull()
      }),
    )
  })
})
