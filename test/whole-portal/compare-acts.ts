import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { timesOf, type Act, type Recorded } from './record.ts'

type Found = { readonly times: number; readonly half: readonly string[] }

/** What of the clients' record the portal does not keep as it was told: one line for each fault. */
export async function compareActs(owner: pg.Pool, dataDir: string, record: readonly Recorded[]): Promise<string[]> {
  const faults: string[] = []
  for (const recorded of record) {
    const { act, told } = recorded
    const { least, most } = timesOf(recorded)
    const { times, half } = await find(owner, dataDir, act)
    const what = JSON.stringify(act)
    if (times < least || times > most) faults.push(`${what} was told ${told.join(', ')} and is there ${times} times`)
    faults.push(...half.map((words) => `${what} was told ${told.join(', ')} and ${words}`))
  }
  return [...faults, ...(await unasked(owner, record))]
}

function find(owner: pg.Pool, dataDir: string, act: Act): Promise<Found> {
  switch (act.kind) {
    case 'keep':
      return findPiece(owner, dataDir, act)
    case 'file':
      return findFiling(owner, act)
    case 'recall':
      return findRecall(owner, act)
    case 'step':
      return findStep(owner, act)
    default:
      return findReply(owner, act)
  }
}

async function findPiece(owner: pg.Pool, dataDir: string, act: Extract<Act, { kind: 'keep' }>): Promise<Found> {
  const { rows } = await owner.query<{ sha256: string }>('select sha256 from evidence where id = $1 or sha256 = $2', [
    act.piece,
    act.sha256,
  ])
  const half: string[] = []
  for (const { sha256 } of rows) {
    if (sha256 !== act.sha256) half.push(`has the hash ${sha256}`)
    const path = join(dataDir, 'files', sha256.slice(0, 2), sha256)
    if ((await hashOf(path)) !== sha256) half.push('its file is not there as it was sent')
  }
  return { times: rows.length, half }
}

async function hashOf(path: string): Promise<string | null> {
  if (!existsSync(path)) return null
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

// A filing is there with all that belongs to it, or not at all.
const filingSql = `
  select f.reference, (select count(*)::int from notice n where n.filing_id = f.id) as notices,
    (select count(*)::int from notice n where n.filing_id = f.id
      and (select count(*) from notice_event e where e.notice_id = n.id and e.type = 'notice.submitted') = 1
      and exists (select from notice_letter l where l.notice_id = n.id)
      and (select count(*) from notice_measure m where m.notice_id = n.id) = 2
      and (select count(*) from evidence_notice v where v.notice_id = n.id) = $3
      and (select count(*) from mail_duty d where d.notice_id = n.id and d.kind = 'notice-served' and d.audience = 'vendor') = 1) as whole,
    (select count(*)::int from idempotency i where i.organisation_id = f.filed_by_organisation_id and i.key = $2
      and i.response ->> 'reference' = f.reference) as keys
  from filing f where f.draft_id = $1`

async function findFiling(owner: pg.Pool, act: Extract<Act, { kind: 'file' }>): Promise<Found> {
  const key = `${act.draft}:${act.revision}`
  const { rows } = await owner.query<{ reference: string; notices: number; whole: number; keys: number }>(filingSql, [
    act.draft,
    key,
    act.pieces,
  ])
  const half = rows.flatMap(({ reference, notices, whole, keys }) => [
    ...(notices === act.vendors ? [] : [`${reference} has ${notices} notices`]),
    ...(whole === notices ? [] : [`only ${whole} notices of ${reference} are whole`]),
    ...(keys === 1 ? [] : [`its key is kept ${keys} times`]),
  ])
  const loose = await owner.query('select from idempotency where key = $1', [key])
  if (loose.rows.length !== rows.length) half.push(`its key is kept ${loose.rows.length} times`)
  return { times: rows.length, half }
}

async function findRecall(owner: pg.Pool, act: Extract<Act, { kind: 'recall' }>): Promise<Found> {
  const { rows } = await owner.query<{
    notices: number
    recalled: number
    marked: boolean
    open: number
    sent: number
  }>(
    `select count(*)::int as notices,
       count(*) filter (where exists (select from notice_event e where e.notice_id = n.id and e.type = 'notice.recalled'))::int as recalled,
       bool_or(f.recalled_at is not null and d.filing_id is null) as marked,
       (select count(*)::int from mail_duty m join notice o on o.id = m.notice_id where o.filing_id = f.id and m.cancelled_at is null) as open,
       (select count(*)::int from outgoing_mail m join notice o on o.id = m.notice_id where o.filing_id = f.id and m.attempts > 0) as sent
     from filing f join notice n on n.filing_id = f.id join filing_draft d on d.id = f.draft_id where f.reference = $1 group by f.id`,
    [act.filing],
  )
  const [row] = rows
  if (row === undefined) return { times: 0, half: ['there is no such filing'] }
  const { notices, recalled, marked, open, sent } = row
  if (recalled === 0) return { times: 0, half: marked ? ['it is marked and no notice is recalled'] : [] }
  const half = [
    ...(recalled === notices && marked ? [] : [`only ${recalled} of ${notices} notices are recalled`]),
    ...(open === 0 && sent === 0 ? [] : [`${open} duties are still owed, ${sent} mails were sent`]),
  ]
  return { times: 1, half }
}

async function findStep(owner: pg.Pool, act: Extract<Act, { kind: 'step' }>): Promise<Found> {
  const { rows } = await owner.query<{ duties: number }>(
    `select (select count(*)::int from mail_duty d where d.notice_id = e.notice_id and d.event_sequence = e.sequence) as duties
     from notice_event e join notice n on n.id = e.notice_id where n.reference = $1 and e.type = $2`,
    [act.notice, act.step],
  )
  const half = rows.some(({ duties }) => duties === 0) ? ['owes no mail'] : []
  return { times: rows.length, half }
}

async function findReply(owner: pg.Pool, act: Extract<Act, { kind: 'reply' }>): Promise<Found> {
  const { rows } = await owner.query<{ status: string; messages: number }>(
    `select i.status, (select count(*)::int from notice_message m where m.inbound_id = i.id) as messages
     from inbound_mail i where position(convert_to($1, 'UTF8') in (select bytes from inbound_raw r where r.sha256 = i.sha256)) > 0`,
    [act.messageId],
  )
  const half = rows.flatMap(({ status, messages }) =>
    status === 'received' || messages > 1 ? [`it is ${status}, with ${messages} messages`] : [],
  )
  return { times: rows.length, half }
}

/** Whatever is there and nobody asked for. */
async function unasked(owner: pg.Pool, record: readonly Recorded[]): Promise<string[]> {
  const drafts = record.flatMap(({ act }) => (act.kind === 'file' ? [act.draft] : []))
  const filings = await owner.query<{ reference: string }>(
    'select reference from filing where not draft_id = any($1::uuid[])',
    [drafts],
  )
  const asked = record.flatMap(({ act }) => (act.kind === 'step' ? [`${act.notice} ${act.step}`] : []))
  const steps = await owner.query<{ line: string }>(
    `select n.reference || ' ' || e.type as line from notice_event e join notice n on n.id = e.notice_id
     where e.actor <> 'system' and e.type = any($2) and not n.reference || ' ' || e.type = any($1::text[])`,
    [asked, [...new Set(record.flatMap(({ act }) => (act.kind === 'step' ? [act.step] : [])))]],
  )
  return [
    ...filings.rows.map(({ reference }) => `nobody asked for the filing ${reference}`),
    ...steps.rows.map(({ line }) => `nobody asked for ${line}`),
  ]
}
