import pg from 'pg'
import { afterAll, beforeAll, expect } from 'vitest'
import { askToClose } from '#app/accounts/ask-to-close.server.ts'
import { createPerson } from '#app/accounts/create-person.server.ts'
import { runClosings } from '#app/accounts/run-closings.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { eraseOrganisation } from '#app/associations/erase-organisation.server.ts'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { closeAuth } from '#app/platform/auth.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { insert } from './builders.ts'
import { testDatabase } from './database.ts'
import { columnsHolding } from './find-words.ts'
import { memberOf } from './members.ts'
import { smtpSink } from './smtp-sink.ts'

/** What an organisation says of itself, wherever it wrote that. */
export const said = {
  name: 'Quillfeather Pictures',
  name_other: '羽毛映画',
  address_lines: '7-7-7 Yonagado',
  telephone: '+81 3 7777 4242',
}
const words = Object.values(said)

// What docs/decisions/068 names: the notices as they were served, their ledger, and what others wrote.
const record = new Set([
  'audit_entry.facts',
  'event_person.facts',
  'filing.statements',
  'mail_raw.bytes',
  'notice_letter.blocks',
  'notice_letter.facts',
  'notice_letter.text',
])

const password = 'a long enough passphrase 7'
const headers = new Headers()
const jobs = { 'erase-organisation': ({ subjectId }: { subjectId: string }) => eraseOrganisation(subjectId) }

type Organisation = { id: string; name: string; slug: string }
type Kind = 'rights_holder' | 'vendor' | 'association'

const ask = (member: Member, typed = password) => askToClose({ member, headers, password: typed, code: undefined })
const later = (days: number) => setClock(new Date(now().getTime() + days * 86_400_000))
const runJob = () => runOneJob(jobs)

let number = 0

/** A database, a mail server and what it takes to close an organisation there. */
export async function aClosingPortal() {
  const db = await testDatabase()
  const sink = await smtpSink()
  const admin = new pg.Client({ connectionString: db.url })
  beforeAll(() => admin.connect())
  afterAll(async () => {
    await admin.end()
    await sink.stop()
    await closeAuth()
  })

  /** An owner who can prove who they are. */
  async function anOwner(organisation: Organisation, kind: Kind): Promise<Member> {
    number += 1
    const [email, name] = [`owner-${number}@closing.test`, `Owner ${number}`]
    const made = await createPerson({ email, name, locale: 'en', timeZone: 'UTC', password })
    if (!made.created) throw new Error(made.because)
    const id = made.personId
    const row = { id: newId(), person_id: id, organisation_id: organisation.id, role: 'owner', created_at: now() }
    await insert(db.owner, 'membership', row)
    return memberOf({ id, name, email }, organisation, { kind })
  }

  async function runMails(): Promise<void> {
    const transport = smtpTransport(sink.url)
    while ((await openOutbox({ transport, handlers: noticeMailHandlers }).pass()) > 0);
    await transport.close()
  }

  async function rename(organisation: Organisation): Promise<Organisation> {
    const columns = Object.keys(said).map((column, index) => `${column} = $${index + 2}`)
    await db.owner.query(`update organisation set ${columns.join(', ')} where id = $1`, [organisation.id, ...words])
    return { ...organisation, name: said.name }
  }

  /** Where what it said of itself still stands, and where of that the decision says nothing. */
  async function standing(): Promise<{ all: string[]; unexpected: string[] }> {
    const all = await columnsHolding(admin, words)
    return { all, unexpected: all.filter((column) => !record.has(column)) }
  }

  /** Nothing is owed any more: what builders make is owed by no line of a ledger. */
  async function settleMails(): Promise<void> {
    await db.owner.query("update outgoing_mail set status = 'accepted'")
    await db.owner.query('update mail_duty set resolved_at = created_at where resolved_at is null')
  }

  /** Erases an organisation as soon as its days are over. */
  async function erase(member: Member): Promise<void> {
    expect(await ask(member)).toEqual({ allowed: true })
    later(31)
    await runClosings()
    while (await runJob());
    await runMails()
    await runClosings()
  }

  const state = async (id: string) =>
    (
      await db.owner.query(
        `select o.name, o.name_other, o.telephone, o.erased_at is not null as erased, (select count(*)::int from membership m where m.organisation_id = o.id) as members,
          (select count(*)::int from invitation i where i.organisation_id = o.id) as invitations,
          (select count(*)::int from mandate_grant g where o.id in (g.member_id, g.association_id)) as grants,
          (select count(*)::int from filing_draft d where d.organisation_id = o.id) as drafts,
          (select count(*)::int from evidence e where e.organisation_id = o.id and not evidence_went(e.id)) as pieces,
          (select count(*)::int from catalogue c where c.organisation_id = o.id) as catalogues from organisation o where o.id = $1`,
        [id],
      )
    ).rows[0]

  return { db, sink, anOwner, ask, later, runJob, runMails, rename, standing, settleMails, erase, state }
}
