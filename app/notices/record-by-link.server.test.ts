import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { linkToken } from '#app/platform/db.server.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { confirmByLink, mailLinkCode } from './confirm-by-link.server.ts'
import { findLinkAnswers } from './find-link-answers.server.ts'
import type { LinkVisit } from './find-link-notice.server.ts'
import { linkCode } from './link-code.server.ts'
import { recordByLink } from './record-by-link.server.ts'
import { askToRecord } from './record-sheet.server.ts'
import type { SheetSender } from './sheet-sender.server.ts'
import { takeSheet } from './take-sheet.server.ts'

const db = await testDatabase()
const visit: LinkVisit = { method: 'POST', what: 'answer', networkAddress: '192.0.2.7', userAgent: 'test' }
const dana = { name: 'Dana Whitfield', role: 'Counsel' }
const hour = 3_600_000

afterEach(() => setClock(null))

async function aLink() {
  const notice = await aSentNotice(db.owner, await aPair(db.owner))
  return { ...notice, token: linkToken(notice.linkId) }
}

const answersOf = async (id: string) =>
  (
    await db.owner.query(
      `select e.channel, e.payload, p.facts from notice_event e left join event_person p using (notice_id, sequence)
       where notice_id = $1 and type = 'outcomes.recorded'`,
      [id],
    )
  ).rows

test('the code goes to the contact alone, is good for twelve hours, and tells old from wrong', async () => {
  const { token, linkId } = await aLink()
  const at = new Date()
  await expect(mailLinkCode(token, visit)).resolves.toEqual({ open: true, value: 'sent' })
  const { rows } = await db.owner.query("select audience, notice_id, facts from mail_duty where kind = 'answer-code'")
  expect(rows).toMatchObject([{ audience: 'address', notice_id: null, facts: { code: linkCode(linkId, at) } }])
  expect(String(rows[0].facts.url)).toMatch(/\/answers$/u)
  const code = linkCode(linkId, at)
  await expect(confirmByLink(token, code.toLowerCase())).resolves.toBe('good')
  setClock(new Date(at.getTime() + 14 * hour))
  await expect(confirmByLink(token, code)).resolves.toBe('expired')
  await expect(confirmByLink(token, 'AAAA-AAAA')).resolves.toBe('wrong')
})

test('wrong codes are counted, and after ten even the right one waits', async () => {
  const { token, linkId } = await aLink()
  for (let tried = 0; tried < 10; tried += 1) expect(await confirmByLink(token, 'AAAA-AAAA')).toBe('wrong')
  await expect(confirmByLink(token, linkCode(linkId, new Date()))).resolves.toBe('too-often')
})

test('answers for all are recorded with their channel and who gave them', async () => {
  const { token, id } = await aLink()
  const settings = [
    {
      measures: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'],
      works: { kind: 'all', clear: false },
      answer: { outcome: 'accepted_excluded' },
    },
  ] as const
  await expect(recordByLink({ token, ...dana, settings, visit })).resolves.toEqual({
    open: true,
    value: { came: 'recorded' },
  })
  expect(await answersOf(id)).toMatchObject([
    { channel: 'link', payload: { stage: 'decided' }, facts: { ...dana, networkAddress: '192.0.2.7' } },
  ])
})

test('a file is recorded by the link that sent it, and seen by no other', async () => {
  const one = await aLink()
  const other = await aLink()
  const sender: SheetSender = { by: 'link', linkId: one.linkId, bearer: dana }
  const opened = await findLinkAnswers(one.token, visit)
  if (!opened.open) throw new Error(opened.because)
  const csv = `work_id,measure,outcome\r\n${one.catalogue.workIds[0]},STOP_TRAINING_FUTURE,not_used\r\n`
  async function* content(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(csv)
  }
  const { notice } = opened.value
  const taken = await takeSheet({ sender, notice, locale: 'en', fileName: 'a.csv', content: content() })
  if (!taken.taken) throw new Error(taken.because)
  const { sheetId } = taken
  await expect(findLinkAnswers(other.token, visit, sheetId)).resolves.toMatchObject({ value: { found: null } })
  const stranger: SheetSender = { by: 'link', linkId: other.linkId, bearer: dana }
  await expect(askToRecord({ sender: stranger, sheetId, overwrite: false })).resolves.toEqual({ came: 'not-now' })
  await expect(askToRecord({ sender, sheetId, overwrite: false })).resolves.toEqual({ came: 'recorded', cells: 1 })
  expect(await answersOf(one.id)).toMatchObject([{ channel: 'link', facts: dana }])
  await expect(findLinkAnswers(one.token, visit, sheetId)).resolves.toMatchObject({
    value: { found: { sheet: { status: 'recorded', cells: 1 } } },
  })
})
