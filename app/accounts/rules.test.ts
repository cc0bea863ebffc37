import { array, assert, constantFrom, nat, option, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'

import { judgeAcceptance } from './invitation.ts'
import { foundingForm, slugStem } from './organisation.ts'
import { countryNames, isTimeZone, timeZoneNames } from './places.ts'
import { acts, judgeRemoval, judgeRoleChange, mayDo, roles } from './roles.ts'

describe('roles', () => {
  test('an owner may do everything, a viewer nothing but read', () => {
    expect(acts.filter((act) => mayDo('owner', act))).toEqual(acts)
    expect(acts.filter((act) => mayDo('viewer', act))).toEqual(['read'])
  })

  test('only owners manage people', () => {
    expect(roles.filter((role) => mayDo(role, 'manage-people'))).toEqual(['owner'])
  })

  test('whatever is changed in whatever order, an organisation keeps an owner', () => {
    const step = record({ actor: nat(3), member: nat(3), newRole: option(constantFrom(...roles)) })
    assert(
      property(array(step, { maxLength: 40 }), (steps) => {
        const people = new Map<number, (typeof roles)[number]>([
          [0, 'owner'],
          [1, 'owner'],
          [2, 'editor'],
          [3, 'viewer'],
        ])
        for (const { actor, member, newRole } of steps) {
          const actorRole = people.get(actor)
          const role = people.get(member)
          if (actorRole === undefined || role === undefined) continue
          const change = {
            actor: { personId: String(actor), role: actorRole },
            member: { personId: String(member), role },
            ownersCount: [...people.values()].filter((each) => each === 'owner').length,
          }
          const verdict = newRole === null ? judgeRemoval(change) : judgeRoleChange({ ...change, newRole })
          if (!verdict.allowed) continue
          if (newRole === null) people.delete(member)
          else people.set(member, newRole)
        }
        expect([...people.values()]).toContain('owner')
      }),
    )
  })

  test.each(['editor', 'approver', 'viewer'] as const)('a %s removes nobody but themselves', (role) => {
    const actor = { personId: 'a', role }
    expect(judgeRemoval({ actor, member: { personId: 'b', role: 'viewer' }, ownersCount: 1 })).toEqual({
      allowed: false,
      because: 'not-an-owner',
    })
    expect(judgeRemoval({ actor, member: actor, ownersCount: 1 })).toEqual({ allowed: true })
  })
})

describe('invitations', () => {
  const now = new Date('2026-11-22T10:00:00Z')
  const good = {
    email: 'mika@example.com',
    expiresAt: new Date('2026-11-22T10:00:01Z'),
    acceptedAt: null,
    revokedAt: null,
    inviterRole: 'owner',
  }

  test('a good one is accepted by its address, however that is spelled', () => {
    expect(judgeAcceptance(good, { address: 'Mika@example.com', now })).toEqual({ allowed: true })
  })

  test.each([
    [{ acceptedAt: now }, 'used'],
    [{ revokedAt: now }, 'revoked'],
    [{ expiresAt: now }, 'expired'],
    [{ inviterRole: null }, 'inviter-lost-authority'],
    [{ inviterRole: 'editor' }, 'inviter-lost-authority'],
    [{ email: 'other@example.com' }, 'other-address'],
  ])('%j makes it %s', (change, because) => {
    expect(judgeAcceptance({ ...good, ...change }, { address: 'mika@example.com', now })).toEqual({
      allowed: false,
      because,
    })
  })
})

describe('organisations', () => {
  const form = {
    kind: 'rights_holder',
    name: 'Hoshizora',
    addressLines: '1-2-3 Example\r\n\r\n Building ',
    locality: 'Tokyo',
    country: 'JP',
    timeZone: 'Asia/Tokyo',
  }

  test('a complete form is taken, its lines tidied', () => {
    expect(foundingForm.parse(form)).toMatchObject({ addressLines: '1-2-3 Example\nBuilding' })
  })

  test.each([
    [{ kind: 'operator' }, 'kind'],
    [{ kind: 'association' }, 'kind'],
    [{ country: 'XX' }, 'country'],
    [{ timeZone: 'Mars/Base' }, 'timeZone'],
    [{ addressLines: ' ' }, 'addressLines'],
    [{ telephone: 'call me' }, 'telephone'],
    [{ website: 'javascript:alert(1)' }, 'website'],
    [{ website: 'https://user:pw@example.com' }, 'website'],
    [{ locality: '' }, 'locality'],
  ])('%j is an error at its field', (change, field) => {
    expect(foundingForm.safeParse({ ...form, ...change }).error?.issues[0]?.path[0]).toBe(field)
  })

  test('fields that nobody may set are not taken', () => {
    expect(
      foundingForm.parse({ ...form, verifiedAt: '2026-01-01', isDemo: true, slug: 'x', role: 'owner' }),
    ).not.toHaveProperty('verifiedAt')
  })

  test.each([
    [['Hoshizora Animation (demo)'], 'hoshizora-animation-demo'],
    [['星空アニメーション', 'Hoshizora'], 'hoshizora'],
    [['Åsa & Søn'], 'asa-s-n'],
    [['星空'], ''],
  ])('%j has the stem %j', (names, stem) => {
    expect(slugStem(names)).toBe(stem)
  })

  test('countries have names in both languages and time zones can be reckoned in', () => {
    for (const locale of ['en', 'ja'] as const)
      expect(countryNames(locale).filter(({ code, name }) => code === name)).toEqual([])
    expect(timeZoneNames().length).toBeGreaterThan(300)
    expect(isTimeZone('Asia/Tokyo') && isTimeZone('UTC') && !isTimeZone('Tokyo')).toBe(true)
  })
})
