import { expect, test } from 'vitest'
import { aHolder, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { createLogin } from '#app/platform/auth.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { hashPassword } from '#app/platform/passwords.server.ts'
import { findFourEyes } from './find-four-eyes.server.ts'
import { removeMember } from './remove-member.server.ts'
import { switchFourEyes } from './switch-four-eyes.server.ts'

const db = await testDatabase()
const password = 'a password of four words'

async function anOwner() {
  const { organisation, person } = await aHolder(db.owner)
  await createLogin({ ...person, passwordHash: await hashPassword(password) })
  return { organisation, member: memberOf(person, organisation) }
}

test('four eyes need two who can approve', async () => {
  const { organisation, member } = await anOwner()
  await aPerson(db.owner, { organisationId: organisation.id, role: 'editor' })
  expect(await switchFourEyes({ member, on: true })).toEqual({ allowed: false, because: 'too-few-approvers' })
  await aPerson(db.owner, { organisationId: organisation.id, role: 'approver' })
  expect(await switchFourEyes({ member, on: true })).toEqual({ allowed: true })
  expect(await findFourEyes(member)).toMatchObject({ on: true, waiting: 0 })
})

test('only an owner switches, also past the application', async () => {
  const { organisation } = await anOwner()
  const role = 'approver'
  const approver = memberOf(await aPerson(db.owner, { organisationId: organisation.id, role }), organisation, { role })
  const pretender = { ...approver, organisation: { ...approver.organisation, role: 'owner' as const } }
  for (const member of [approver, pretender])
    expect(await switchFourEyes({ member, on: true })).toEqual({ allowed: false, because: 'not-an-owner' })
  const changed = await withPerson(
    approver.personId,
    (tx) => tx.$executeRaw`update organisation set four_eyes = true where id = ${organisation.id}::uuid`,
  )
  expect(changed).toBe(0)
})

test('the database itself wants two, whoever asks', async () => {
  const { organisation, member } = await anOwner()
  await expect(
    withPerson(
      member.personId,
      (tx) => tx.$executeRaw`update organisation set four_eyes = true where id = ${organisation.id}::uuid`,
    ),
  ).rejects.toThrow(/no two who can approve/u)
})

test('switching off asks for the password again', async () => {
  const { organisation, member } = await anOwner()
  await aPerson(db.owner, { organisationId: organisation.id, role: 'owner' })
  await switchFourEyes({ member, on: true })
  expect(await switchFourEyes({ member, on: false })).toEqual({ allowed: false, because: 'wrong-password' })
  expect(await switchFourEyes({ member, on: false, password: 'another' })).toEqual({
    allowed: false,
    because: 'wrong-password',
  })
  expect(await findFourEyes(member)).toMatchObject({ on: true })
  expect(await switchFourEyes({ member, on: false, password })).toEqual({ allowed: true })
  expect(await findFourEyes(member)).toMatchObject({ on: false })
})

test('of a switch and the removal of the second approver at once, the later one sees the earlier', async () => {
  const { organisation, member } = await anOwner()
  const approver = await aPerson(db.owner, { organisationId: organisation.id, role: 'approver' })
  const [switched, removed] = await Promise.all([
    switchFourEyes({ member, on: true }),
    removeMember({ member, personId: approver.id }),
  ])
  expect(removed).toEqual({ allowed: true })
  // On with one left is right only if it was on before the removal.
  expect([{ allowed: true }, { allowed: false, because: 'too-few-approvers' }]).toContainEqual(switched)
})
