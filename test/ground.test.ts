import { expect, test, vi } from 'vitest'
import { withNobody, withPerson, withLink, linkToken } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { refuseDemo } from '#app/platform/refuse-demo.server.ts'
import { aCatalogue, aHolder } from './builders.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
const studio = await aHolder(db.owner)
const press = await aHolder(db.owner)
const catalogue = await aCatalogue(db.owner, studio.organisation.id)

test('a member sees the works of the own organisation', async () => {
  await expect(withPerson(studio.person.id, (tx) => tx.work.count())).resolves.toBe(3)
})

test('a member of another organisation sees none of them', async () => {
  await expect(withPerson(press.person.id, (tx) => tx.work.count())).resolves.toBe(0)
  await expect(
    withPerson(press.person.id, (tx) => tx.catalogue.findUnique({ where: { id: catalogue.id } })),
  ).resolves.toBeNull()
})

test('a person unknown to the portal sees nothing, and the next transaction does not inherit who asked', async () => {
  await expect(withPerson(newId(), (tx) => tx.organisation.count())).resolves.toBe(0)
})

test('a forged link is unknown', async () => {
  await expect(withLink(`${newId().replaceAll('-', '')}${'A'.repeat(22)}`, async () => 1)).resolves.toEqual({
    open: false,
    because: 'unknown',
  })
  await expect(withLink(linkToken(newId()), async () => 1)).resolves.toEqual({ open: false, because: 'unknown' })
})

test('what a notice says cannot be changed once its sending has begun, by nobody', async () => {
  const { rows } = await db.owner.query<{ name: string }>(
    `select tgname as name from pg_trigger where tgrelid in ('notice'::regclass, 'notice_letter'::regclass, 'notice_event'::regclass) and not tgisinternal order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual([
    'coverage_add',
    'coverage_move',
    'notice_event_grows',
    'notice_event_keeps',
    'notice_letter_stays',
    'notice_protected',
    'notice_queued',
    'notice_tally_add',
    'notice_tally_move',
    'notice_told',
    'notice_while_open',
  ])
})

test('a process of a production ends when it finds the people of the demo, and of the demo it does not', async () => {
  const ends: string[] = []
  const look = async (variables: Record<string, string>) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    forgetEnvironment()
    await refuseDemo(withNobody, () => ends.push(JSON.stringify(variables)))
    vi.unstubAllEnvs()
    forgetEnvironment()
  }
  const production = { NODE_ENV: 'production', MAIL_URL: 'smtp://127.0.0.1:1' }
  await look(production)
  await db.owner.query('update person set is_demo = true where id = $1', [studio.person.id])
  await look({ ...production, CAVEAT_DEMO: 'true' })
  await look({})
  expect(ends).toEqual([])
  await look(production)
  expect(ends).toEqual([JSON.stringify(production)])
})
