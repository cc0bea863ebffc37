import { describe, expect, test } from 'vitest'

import { aHolder, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf, viewerOf } from '#test/members.ts'

import { changeRole } from './change-role.server.ts'
import { createOrganisation } from './create-organisation.server.ts'
import { removeMember } from './remove-member.server.ts'
import { saveOrganisation } from './save-organisation.server.ts'
import { findTeam } from './team.server.ts'

const db = await testDatabase()

describe('organisations', () => {
  const form = {
    kind: 'rights_holder' as const,
    name: '星空',
    addressLines: '1-2-3',
    locality: 'Tokyo',
    country: 'JP',
    timeZone: 'Asia/Tokyo',
  }

  test('the founder is its owner, and it is not verified', async () => {
    const person = await aPerson(db.owner, { time_zone: 'UTC' })
    const { organisationId, slug } = await createOrganisation({ viewer: viewerOf(person), form })
    expect(slug).toMatch(/^organisation-[0-9a-f]{6}$/)
    const { rows } = await db.owner.query(
      'select o.verified_at, m.role, p.time_zone from organisation o join membership m on m.organisation_id = o.id join person p on p.id = m.person_id where o.id = $1',
      [organisationId],
    )
    expect(rows).toEqual([{ verified_at: null, role: 'owner', time_zone: 'Asia/Tokyo' }])
  })

  test('only an owner of this moment changes it', async () => {
    const { organisation, person } = await aHolder(db.owner)
    const editor = await aPerson(db.owner, { organisationId: organisation.id, role: 'editor' })
    const details = { name: 'Changed', addressLines: '1', locality: 'Osaka', country: 'JP', timeZone: 'Asia/Tokyo' }
    expect(
      await saveOrganisation({ member: memberOf(editor, organisation, { role: 'editor' }), form: details }),
    ).toMatchObject({
      allowed: false,
    })
    // A role that was lost since the page was read does not help.
    expect(
      await saveOrganisation({ member: memberOf(editor, organisation, { role: 'owner' }), form: details }),
    ).toMatchObject({
      allowed: false,
    })
    expect(await saveOrganisation({ member: memberOf(person, organisation), form: details })).toEqual({ allowed: true })
  })
})

describe('members', () => {
  test('of two owners who remove each other at once, one stays', async () => {
    const { organisation, person } = await aHolder(db.owner)
    const other = await aPerson(db.owner, { organisationId: organisation.id })
    const verdicts = await Promise.all([
      removeMember({ member: memberOf(person, organisation), personId: other.id }),
      removeMember({ member: memberOf(other, organisation), personId: person.id }),
    ])
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(1)
    const { rows } = await db.owner.query('select role from membership where organisation_id = $1', [organisation.id])
    expect(rows).toEqual([{ role: 'owner' }])
  })

  test('the last owner neither leaves nor steps down', async () => {
    const { organisation, person } = await aHolder(db.owner)
    const own = { member: memberOf(person, organisation), personId: person.id }
    expect(await removeMember(own)).toEqual({ allowed: false, because: 'last-owner' })
    expect(await changeRole({ ...own, role: 'viewer' })).toEqual({ allowed: false, because: 'last-owner' })
  })

  test('an editor gives no roles, not even with a stale page that says owner', async () => {
    const { organisation, person } = await aHolder(db.owner)
    const editor = await aPerson(db.owner, { organisationId: organisation.id, role: 'editor' })
    const act = {
      member: memberOf(editor, organisation, { role: 'owner' }),
      personId: editor.id,
      role: 'owner' as const,
    }
    expect(await changeRole(act)).toEqual({ allowed: false, because: 'not-an-owner' })
    expect(
      await removeMember({ member: memberOf(editor, organisation, { role: 'owner' }), personId: person.id }),
    ).toEqual({
      allowed: false,
      because: 'not-an-owner',
    })
    expect(
      await removeMember({ member: memberOf(editor, organisation, { role: 'editor' }), personId: editor.id }),
    ).toEqual({
      allowed: true,
    })
  })

  test('a person of another organisation is no member to change', async () => {
    const { organisation, person } = await aHolder(db.owner)
    const stranger = await aHolder(db.owner)
    const act = { member: memberOf(person, organisation), personId: stranger.person.id }
    expect(await removeMember(act)).toEqual({ allowed: false, because: 'no-such-member' })
    expect(await findTeam(memberOf(stranger.person, organisation))).toEqual({ people: [], invitations: [] })
  })
})
