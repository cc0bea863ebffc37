import { randomUUID } from 'node:crypto'
import { emptyContent } from '#app/notices/filing-draft.ts'
import { sql } from './portal.ts'
import { makeRare } from './rare-targets.ts'

/** What belongs to the studio of the demo, and what a stranger could do with it. */
export type Targets = {
  studioId: string
  /** The studio's object for a parameter of an address. */
  parameter: (pattern: string, name: string) => string
  /** Words that stand on the studio's own pages alone. */
  canaries: string[]
  /** What a stranger sends: the studio's ids in every field that could name them. */
  forms: Record<string, string>[]
  /** The link of a notice that is not the studio's. */
  otherToken: string
  /** The same for the bearer of a link: its token, and what it opens. */
  bearersParameter: (pattern: string, name: string) => string
  /** A token for one of the studio's notices, with a seal that is not ours. */
  forgedToken: string
}

type Found = {
  studio: string
  slug: string
  person: string
  notice: string
  reference: string
  filing: string
  catalogue: string
  work: string
  mail: string | null
  inbound: string | null
  message: string | null
  messageLink: string | null
  link: string | null
  piece: string | null
  vendor: string
  contact: string | null
  mandate: string | null
}

/**
 * Finds one of each of the studio's objects, and makes those that the demo does not have: of the rare ones only in a portal that no
 * other story shares, for other stories count them.
 */
export async function findTargets(portal: 'shared' | 'own' = 'shared'): Promise<Targets> {
  const [found] = await sql<Found>(`
    select o.id as studio, o.slug, p.id as person, n.id as notice, n.reference, f.reference as filing, c.id as catalogue,
      coalesce((select x.work_id from notice_scope_work x where x.scope_id = s.id limit 1),
        (select w.work_id from work w where w.catalogue_id = c.id and w.valid_from <= s.version and w.valid_to is null limit 1)) as work,
      (select m.id from outgoing_mail m where m.notice_id = n.id limit 1) as mail,
      (select i.id from inbound_mail i join notice x on x.id = i.notice_id where x.holder_organisation_id = o.id limit 1) as inbound,
      t.id as message, (select l.id from notice_link l where l.notice_id = t.notice_id limit 1) as "messageLink",
      (select l.id from notice_link l where l.notice_id = n.id limit 1) as link,
      (select e.id from evidence e where e.organisation_id = o.id and e.redaction_of is null and e.media_type = 'image/png' limit 1) as piece,
      (select d.id from mandate d where d.member_id = o.id limit 1) as mandate,
      v.slug as vendor, (select k.id from vendor_contact k where k.vendor_id = v.id limit 1) as contact
    from person p join membership b on b.person_id = p.id join organisation o on o.id = b.organisation_id
    join notice n on n.holder_organisation_id = o.id join filing f on f.id = n.filing_id
    join notice_scope s on s.id = n.scope_id join catalogue c on c.id = s.catalogue_id join vendor v on v.id = n.vendor_id
    left join lateral (select t.id, t.notice_id from notice_message t join notice x on x.id = t.notice_id join message_attachment a on a.message_id = t.id
      where x.holder_organisation_id = o.id limit 1) t on true
    where p.email = 'studio@demo.test' order by (select count(*) from outgoing_mail m where m.notice_id = n.id) desc, n.id limit 1`)
  if (!found) throw new Error('The demo has no notice of the studio')
  const made = await makeMissing(found)
  const other = await otherLinkTo(found.studio)
  const { studio, person, notice } = found
  const [piece, mandate] = [found.piece ?? randomUUID(), found.mandate ?? randomUUID()]
  const link = found.link ?? randomUUID()
  const known = { studio, person, notice, piece, mandate, link, ...made }
  const rare = portal === 'own' ? await makeRare(known) : noneRare(found)
  const parameters = { ...parametersOf(found, made), ...rare }
  // The portal under test keeps its key in its own data folder.
  process.env['DATA_DIR'] = process.env['CAVEAT_DATA'] ?? ''
  const { linkToken } = await import('#app/platform/db.server.ts')
  const parameter = (pattern: string, name: string): string => {
    const [, first, second, third] = pattern.split('/')
    const keys = [
      `${pattern} ${name}`,
      `${first} ${second} ${name}`,
      `${first} ${third} ${name}`,
      `${first} ${name}`,
      name,
    ]
    const key = keys.find((each) => parameters[each] !== undefined)
    if (key === undefined) throw new Error(`test targets: what is ${name} in ${pattern}?`)
    return parameters[key] ?? ''
  }
  return {
    studioId: found.studio,
    parameter,
    canaries: await canariesOf(found, made),
    forms: formsOf(found, made),
    otherToken: linkToken(other),
    bearersParameter: (pattern, name) => {
      if (name === 'sheetId') return rare['bearersSheet'] ?? ''
      if (name !== 'token') return parameter(pattern, name)
      if (pattern.startsWith('/c/')) return linkToken(rare['collectiveLink'] ?? '')
      return linkToken((pattern.includes('/messages/') ? found.messageLink : found.link) ?? '')
    },
    forgedToken: `${(found.link ?? randomUUID()).replaceAll('-', '')}${'A'.repeat(22)}`,
  }
}

function noneRare({ filing }: Found): Record<string, string> {
  const kinds = ['association filings reference', 'annexes reference', 'inbox filings reference']
  const none = { batchId: randomUUID(), 'n evidence id': randomUUID() }
  return { ...none, ...Object.fromEntries(kinds.map((kind) => [kind, filing])) }
}

type Made = {
  draft: string
  imported: string
  invitation: string
  upload: string
  sheet: string
  answerFile: string
  act: string
}

async function makeMissing({ studio, person, catalogue, notice, piece }: Found): Promise<Made> {
  const ids = Array.from({ length: 7 }, () => randomUUID())
  const [draft = '', imported = '', invitation = '', upload = '', sheet = '', answerFile = '', act = ''] = ids
  const at = new Date()
  await sql(
    `insert into filing_draft (id, organisation_id, content, "references", created_by, updated_by, created_at, updated_at)
     values ($1, $2, $3, $6, $4, $4, $5, $5)`,
    [
      draft,
      studio,
      JSON.stringify(emptyContent('en')),
      person,
      at,
      JSON.stringify({ filing: 'FIL-0000-0000', notices: {} }),
    ],
  )
  await sql(
    `insert into catalogue_import (id, organisation_id, catalogue_id, requested_by, status, file_sha256, file_name, file_bytes, created_at)
     values ($1, $2, $3, $4, 'done', 'x', 'canary-works.csv', 1, $5)`,
    [imported, studio, catalogue, person, at],
  )
  await sql(
    `insert into invitation (id, organisation_id, email, role, invited_by, token_hash, expires_at, created_at)
     values ($1::uuid, $2, 'canary-guest@example.test', 'owner', $3, md5($1::text), $4, $4)`,
    [invitation, studio, person, at],
  )
  await sql(
    `insert into question (id, notice_id, number, kind, works_kind, works_count, asked_sequence, asked_at, ended_at, ended_how, ended_sequence)
     values ($1, $2, 9001, 'other', 'all', 1, 1, $3, $3, 'closed', 1) on conflict do nothing`,
    [randomUUID(), notice, at],
  )
  await sql(
    `insert into question_file (id, question_id, notice_id, event_sequence, position, name, media_type, sha256, bytes, created_at)
     select $1, q.id, q.notice_id, 1, (select count(*) + 1 from question_file x where x.question_id = q.id), 'canary-answer.png', e.media_type, e.sha256, e.bytes, $4
     from question q, evidence e where q.notice_id = $2 and q.number = 9001 and e.id = $3`,
    [answerFile, notice, piece, at],
  )
  await sql(
    `insert into evidence_upload (id, organisation_id, made_by, name, fingerprint, bytes, created_at, updated_at)
     values ($1, $2, $3, 'canary-film.mp4', 'x', 10, $4, $4)`,
    [upload, studio, person, at],
  )
  await sql(
    `insert into answer_sheet (id, notice_id, organisation_id, requested_by, locale, status, file_sha256, file_name, file_bytes, sheet,
       rows_changed, rows_newer, rows_same, rows_failed, created_at)
     select $1, n.id, v.organisation_id, b.person_id, 'en', 'read', 'x', 'canary-answers.xlsx', 1, 'Answers', 0, 0, 0, 0, $3
     from notice n join vendor v on v.id = n.vendor_id join membership b on b.organisation_id = v.organisation_id
     where n.id = $2 limit 1`,
    [sheet, notice, at],
  )
  await sql(
    `insert into bulk_act (id, organisation_id, requested_by, selection, act, options, locale, status, rows_total, queued_at, finished_at, created_at)
     values ($1, $2, $3, $4, 'tag', '{"tag":"canary-tag"}', 'en', 'done', 1, $5, $5, $5)`,
    [act, studio, person, JSON.stringify({ kind: 'ticked', noticeIds: [notice] }), at],
  )
  return { draft, imported, invitation, upload, sheet, answerFile, act }
}

function parametersOf(found: Found, { draft, imported, upload, sheet, answerFile, act }: Made): Record<string, string> {
  return {
    reference: found.reference,
    'filings reference': found.filing,
    'approvals reference': found.filing,
    draftId: draft,
    'catalogues id': found.catalogue,
    catalogueId: found.catalogue,
    workId: found.work,
    importId: imported,
    uploadId: upload,
    'notices id': answerFile,
    'evidence id': found.piece ?? randomUUID(),
    sheetId: sheet,
    actId: act,
    'exports id': randomUUID(),
    'mails id': found.mail ?? randomUUID(),
    mailId: found.mail ?? randomUUID(),
    'inbound id': found.inbound ?? randomUUID(),
    'n messages id': found.message ?? randomUUID(),
    'n questions id': answerFile,
    'messages id': found.message ?? randomUUID(),
    position: '0',
    mandateId: found.mandate ?? randomUUID(),
    version: '1',
    personId: found.person,
    number: '9001',
    slug: found.vendor,
    'operator organisations slug': found.slug,
    contactId: found.contact ?? randomUUID(),
    token: 'no-such-token',
    // The built-in mailbox shows every mail to everybody, and is there only while no mail leaves.
    'dev mailbox name': 'no-such-mail',
  }
}

function formsOf(found: Found, { draft, imported, invitation }: Made): Record<string, string>[] {
  const ids = {
    organisationId: found.studio,
    personId: found.person,
    invitationId: invitation,
    noticeId: found.notice,
    noticeIds: found.notice,
    reference: found.reference,
    draftId: draft,
    importId: imported,
    catalogueId: found.catalogue,
    workId: found.work,
    id: found.notice,
    role: 'owner',
    revision: '1',
    confirmed: 'on',
  }
  const acts = ['role', 'revoke', 'remove', 'save', 'withdraw', 'acknowledge', 'recall', 'discard', 'verify', 'retry']
  return [ids, ...acts.map((act) => ({ ...ids, act, intent: act, step: act }))]
}

async function canariesOf({ studio, catalogue }: Found, { draft, imported, invitation }: Made): Promise<string[]> {
  const rows = await sql<{ word: string }>(
    `select reference as word from notice where holder_organisation_id = $1
     union select f.reference from filing f where f.filed_by_organisation_id = $1
     union select id::text from catalogue where organisation_id = $1
     union select p.email from person p join membership m on m.person_id = p.id where m.organisation_id = $1
     union select verify_code from notice where holder_organisation_id = $1`,
    [studio],
  )
  return [
    ...rows.map(({ word }) => word),
    studio,
    catalogue,
    draft,
    imported,
    invitation,
    'canary-works.csv',
    'canary-guest@example.test',
    'canary-film.mp4',
    'canary-tag',
    'canary-answer.png',
    'output-still.png',
  ]
}

async function otherLinkTo(studio: string): Promise<string> {
  const [link] = await sql<{ id: string }>(
    `select l.id from notice_link l join notice n on n.id = l.notice_id where n.holder_organisation_id <> $1 and l.revoked_at is null
       and (l.expires_at is null or l.expires_at > now()) and n.begun_at is not null limit 1`,
    [studio],
  )
  if (!link) throw new Error('The demo has no link to a notice of another holder than the studio')
  return link.id
}

/** Everything that is the studio's, as one hash for each table that people change; the worker's own tables go on by themselves. */
export async function fingerprintOf({ studioId }: Targets): Promise<Record<string, string>> {
  const own = [
    ['organisation', 'id = $1'],
    ['membership', 'organisation_id = $1'],
    ['invitation', 'organisation_id = $1'],
    ['catalogue', 'organisation_id = $1'],
    ['catalogue_import', 'organisation_id = $1'],
    ['filing_draft', 'organisation_id = $1'],
    ['evidence', 'organisation_id = $1'],
    ['evidence_upload', 'organisation_id = $1'],
    ['evidence_access', 'organisation_id = $1'],
    ['filing', 'filed_by_organisation_id = $1'],
    ['notice_event', 'notice_id in (select id from notice where holder_organisation_id = $1)'],
    ['outcome_cell', 'notice_id in (select id from notice where holder_organisation_id = $1)'],
    ['work', 'catalogue_id in (select id from catalogue where organisation_id = $1)'],
  ]
  const prints: Record<string, string> = {}
  for (const [table = '', where = ''] of own) {
    const [row] = await sql<{ print: string }>(
      `select md5(coalesce(string_agg(to_jsonb(t)::text, '' order by to_jsonb(t)::text), '')) as print from ${table} t where ${where}`,
      [studioId],
    )
    prints[table] = row?.print ?? ''
  }
  return prints
}
