import { csvLine } from '#app/catalogues/cell-text.ts'
import { findInboundMail } from '#app/mail/find-inbound-mail.server.ts'
import { findSentMail } from '#app/mail/find-sent-mail.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { openVerified } from '#app/platform/objects.server.ts'
import type { ZipPart } from '#app/platform/zip-stream.server.ts'
import { catalogueLines } from './catalogue-lines.server.ts'
import { fileNameOf } from './export.ts'
import { atOnce, ofOrganisation, pages, type ExportOf } from './export-pages.server.ts'
import { ownLists, ownParts } from './own-parts.server.ts'

/**
 * The files of an organisation's export: what it says of itself, catalogues, notices with their ledger, answers, mails,
 * evidence, and the lists of what else is its own.
 */
export async function* organisationParts(of: ExportOf): AsyncGenerator<ZipPart> {
  yield { name: 'organisation.json', text: organisationFacts(of) }
  const read = <T>(fn: (tx: Transaction) => Promise<T>) => withPerson(of.personId, fn)
  const catalogues = await read((tx) =>
    tx.catalogue.findMany({
      where: { organisationId: of.organisationId },
      select: { id: true, name: true, currentVersion: true },
      orderBy: { id: 'asc' },
    }),
  )
  for (const catalogue of catalogues)
    yield {
      name: `catalogues/${fileNameOf(catalogue.name)}-${catalogue.id.slice(-12)}.csv`,
      text: catalogueLines(read, catalogue),
    }
  yield { name: 'notices.jsonl', text: noticeLines(of) }
  yield { name: 'outcomes.csv', text: outcomeLines(of) }
  yield* ownParts(of)
  yield* mailParts(of)
  yield* evidenceParts(of)
}

/** How many files there will be, at most by what is added meanwhile off. */
export async function countParts({ personId, organisationId }: ExportOf): Promise<number> {
  const [row] = await withPerson(
    personId,
    (tx) => tx.$queryRaw<{ count: number }[]>`
      select (${4 + ownLists}::int + (select count(*) from catalogue c where c.organisation_id = ${organisationId}::uuid)
        + (select count(*) from evidence e where e.organisation_id = ${organisationId}::uuid)
        + (select count(*) from outgoing_mail m where m.raw_sha256 is not null and m.notice_id in (select n.id from notice n where n.holder_organisation_id = ${organisationId}::uuid))
        + (select count(*) from inbound_mail i where i.notice_id in (select n.id from notice n where n.holder_organisation_id = ${organisationId}::uuid)))::int as count`,
  )
  return row?.count ?? 0
}

async function* organisationFacts({ personId, organisationId }: ExportOf): AsyncGenerator<string> {
  const facts = await withPerson(personId, async (tx) => {
    const organisation = await tx.organisation.findUniqueOrThrow({ where: { id: organisationId } })
    const members = await tx.membership.findMany({
      where: { organisationId },
      select: { role: true, createdAt: true, person: { select: { name: true, nameOther: true, email: true } } },
      orderBy: { id: 'asc' },
    })
    return { organisation, members: members.map(({ person, ...rest }) => ({ ...person, ...rest })) }
  })
  yield `${JSON.stringify(facts, null, 1)}\n`
}

async function* noticeLines({ personId, organisationId }: ExportOf): AsyncGenerator<string> {
  const rows = pages(
    personId,
    (tx, after) => tx.$queryRaw<{ id: string; line: unknown }[]>`
      select n.id, to_jsonb(n) || coalesce((select jsonb_build_object('matter_number', x.matter_number, 'escalation', x.escalation) from notice_private x where x.notice_id = n.id), '{}')
        || jsonb_build_object('vendor', (select v.name from vendor v where v.id = n.vendor_id),
        'measures', (select coalesce(jsonb_agg(to_jsonb(q) - 'notice_id' order by q.position), '[]') from notice_measure q where q.notice_id = n.id),
        'letters', (select coalesce(jsonb_agg(jsonb_build_object('locale', l.locale, 'sha256', l.sha256, 'text', l.text)), '[]') from notice_letter l where l.notice_id = n.id),
        'ledger', (select coalesce(jsonb_agg(jsonb_build_object('sequence', e.sequence, 'type', e.type, 'actor', e.actor, 'channel', e.channel,
            'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'payload', e.payload, 'previous', e.previous, 'hash', e.hash,
            'salt', p.salt, 'facts', p.facts) order by e.sequence), '[]')
          from notice_event e left join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence where e.notice_id = n.id)) as line
      from notice n where ${ofOrganisation(organisationId)} and n.stage <> 'draft' and (${after}::uuid is null or n.id > ${after}::uuid)
      order by n.id limit ${atOnce}`,
  )
  for await (const { line } of rows) yield `${JSON.stringify(line)}\n`
}

type Cell = [
  reference: string,
  work: string,
  title: string,
  measure: string,
  outcome: string,
  code: string,
  text: string,
  on: string,
]

// A row without a work is the answer for every work that has none of its own, as it is kept.
async function* outcomeLines({ personId, organisationId }: ExportOf): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['notice', 'external_id', 'title', 'measure', 'outcome', 'code', 'text', 'effective_on'])}`
  const rows = pages(
    personId,
    (tx, after) => tx.$queryRaw<{ id: string; reference: string }[]>`
      select n.id, n.reference from notice n where ${ofOrganisation(organisationId)} and n.stage <> 'draft'
        and (${after}::uuid is null or n.id > ${after}::uuid) order by n.id limit ${atOnce}`,
  )
  for await (const { id, reference } of rows)
    for await (const cell of cellsOf(personId, { id, reference })) yield csvLine(cell)
}

async function* cellsOf(personId: string, { id, reference }: { id: string; reference: string }): AsyncGenerator<Cell> {
  const defaults = await withPerson(personId, (tx) =>
    tx.noticeMeasure.findMany({ where: { noticeId: id }, orderBy: { position: 'asc' } }),
  )
  for (const { measure, defaultOutcome, defaultCode, defaultText, effectiveOn } of defaults)
    yield [reference, '', '', measure, defaultOutcome, defaultCode ?? '', defaultText ?? '', dayOf(effectiveOn)]
  let after: { work_id: string; measure: string } | undefined
  for (;;) {
    const from: typeof after = after
    const cells = await withPerson(
      personId,
      (tx) => tx.$queryRaw<
        {
          work_id: string
          measure: string
          outcome: string
          code: string | null
          text: string | null
          on: Date | null
          external: string | null
          title: string | null
        }[]
      >`
        select c.work_id, c.measure, c.outcome, c.code, c.text, c.effective_on as on, w.external_id as external, w.title
        from outcome_cell c join notice n on n.id = c.notice_id join notice_scope s on s.id = n.scope_id
          left join work w on w.catalogue_id = s.catalogue_id and w.work_id = c.work_id and w.valid_from <= s.version and (w.valid_to is null or w.valid_to > s.version)
        where c.notice_id = ${id}::uuid and (${from?.work_id ?? null}::uuid is null or (c.work_id, c.measure) > (${from?.work_id ?? null}::uuid, ${from?.measure ?? ''}))
        order by c.work_id, c.measure limit 2000`,
    )
    for (const { measure, outcome, code, text, on, external, title } of cells)
      yield [reference, external ?? '', title ?? '', measure, outcome, code ?? '', text ?? '', dayOf(on)]
    if (cells.length < 2000) return
    after = cells.at(-1)
  }
}

function dayOf(date: Date | null): string {
  return date === null ? '' : date.toISOString().slice(0, 10)
}

// As on the page of a mail, the secrets of links that still answer are veiled: the file's own hash is in the manifest.
async function* mailParts({ personId, organisationId }: ExportOf): AsyncGenerator<ZipPart> {
  const manifest = [csvLine(['file', 'sha256_of_the_bytes_as_sent_or_received', 'secrets_veiled'])]
  const sent = pages(
    personId,
    (tx, after) => tx.$queryRaw<{ id: string; reference: string }[]>`
      select m.id, n.reference from outgoing_mail m join notice n on n.id = m.notice_id
      where n.holder_organisation_id = ${organisationId}::uuid and m.raw_sha256 is not null and (${after}::uuid is null or m.id > ${after}::uuid)
      order by m.id limit ${atOnce}`,
  )
  const came = pages(
    personId,
    (tx, after) => tx.$queryRaw<{ id: string; reference: string }[]>`
      select i.id, n.reference from inbound_mail i join notice n on n.id = i.notice_id
      where n.holder_organisation_id = ${organisationId}::uuid and (${after}::uuid is null or i.id > ${after}::uuid) order by i.id limit ${atOnce}`,
  )
  for (const [way, mails, find] of [
    ['sent', sent, findSentMail] as const,
    ['received', came, findInboundMail] as const,
  ])
    for await (const { id, reference } of mails) {
      const mail = await find(personId, id)
      if (mail === null) continue
      const name = `mails/${reference}/${way}-${id.slice(-12)}.eml`
      manifest.push(csvLine([name, mail.sha256, mail.veiled ? 'yes' : 'no']))
      yield { name, text: [mail.bytes] }
    }
  yield { name: 'mails/manifest.csv', text: manifest }
}

async function* evidenceParts({ personId, organisationId }: ExportOf): AsyncGenerator<ZipPart> {
  const manifest = [csvLine(['file', 'sha256', 'bytes', 'media_type', 'name', 'kept_at', 'redaction_of'])]
  const pieces = pages(personId, (tx, after) =>
    tx.evidence.findMany({
      where: { organisationId, ...(after === null ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: atOnce,
    }),
  )
  for await (const { id, sha256, bytes, mediaType, name, madeAt, redactionOf } of pieces) {
    const file = `evidence/${id.slice(-12)}-${fileNameOf(name)}`
    manifest.push(csvLine([file, sha256, String(bytes), mediaType, name, madeAt.toISOString(), redactionOf ?? '']))
    // Its bytes are hashed again: what changed on the disk stops the export, loudly.
    yield { name: file, text: await openVerified({ sha256, bytes: Number(bytes) }) }
  }
  yield { name: 'evidence/manifest.csv', text: manifest }
}
