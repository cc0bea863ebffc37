import { findSecondFactor } from '#app/platform/second-factor.server.ts'
import { findSessions } from '#app/platform/auth.server.ts'
import { findPasskeys } from '#app/platform/passkeys.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import type { ZipPart } from '#app/platform/zip-stream.server.ts'

type MailRow = { id: string; kind: string; created_at: Date; bytes: Uint8Array }
type ActRow = { id: string; line: unknown }

const atOnce = 500
const mailsAtOnce = 50

/** The files of what the portal knows of a person: one of facts, as JSON, and each mail as it was. */
export async function* personParts(personId: string): AsyncGenerator<ZipPart> {
  yield { name: 'about-you.json', text: factsOf(personId) }
  let after: string | null = null
  for (;;) {
    const from: string | null = after
    const mails: MailRow[] = await withPerson(
      personId,
      (tx) => tx.$queryRaw<MailRow[]>`
        select id, kind, created_at, bytes from own_mails(${from}::uuid, ${mailsAtOnce}::int)`,
    )
    for (const { id, kind, created_at: at, bytes } of mails)
      yield { name: `mails/${at.toISOString().slice(0, 10)}-${kind}-${id.slice(-12)}.eml`, text: [bytes] }
    if (mails.length < mailsAtOnce) return
    after = mails.at(-1)?.id ?? null
  }
}

// Written member by member: the long ones are read page by page.
async function* factsOf(personId: string): AsyncGenerator<string> {
  const [row] = await withPerson(
    personId,
    (tx) => tx.$queryRaw<{ record: Record<string, unknown> | null }[]>`select own_record() as record`,
  )
  if (row?.record == null) throw new Error(`There is no person ${personId} to export`)
  const sessions = (await findSessions(personId)).map(({ signedInAt, userAgent, strong }) => {
    return { signed_in_at: signedInAt, browser: userAgent, more_than_password: strong }
  })
  const passkeys = (await findPasskeys(personId)).map(({ name, addedAt }) => ({ name, added_at: addedAt }))
  const { state } = await findSecondFactor(personId)
  const short = { ...row.record, sign_in: { sessions, passkeys, code_app: state === 'on' } }
  yield JSON.stringify(short, null, 1).slice(0, -2)
  yield ',\n "lines_of_ledgers": ['
  yield* listed(eventsOf(personId))
  yield '],\n "acts": ['
  yield* listed(actsOf(personId))
  yield ']\n}\n'
}

async function* listed(lines: AsyncIterable<unknown>): AsyncGenerator<string> {
  let first = true
  for await (const line of lines) {
    yield `${first ? '' : ','}\n  ${JSON.stringify(line)}`
    first = false
  }
}

async function* eventsOf(personId: string): AsyncGenerator {
  let after: { notice_id: string; sequence: number } | undefined
  for (;;) {
    const from: typeof after = after
    const rows = await withPerson(
      personId,
      (tx) => tx.$queryRaw<{ notice_id: string; sequence: number; line: unknown }[]>`
        select notice_id, sequence, line from own_events(${from?.notice_id ?? null}::uuid, ${from?.sequence ?? null}::int, ${atOnce}::int)`,
    )
    for (const { line } of rows) yield line
    if (rows.length < atOnce) return
    after = rows.at(-1)
  }
}

async function* actsOf(personId: string): AsyncGenerator {
  let after: string | null = null
  for (;;) {
    const from: string | null = after
    const rows: ActRow[] = await withPerson(personId, (tx) => readActs(tx, from))
    for (const { line } of rows) yield line
    if (rows.length < atOnce) return
    after = rows.at(-1)?.id ?? null
  }
}

function readActs(tx: Transaction, after: string | null): Promise<ActRow[]> {
  return tx.$queryRaw<ActRow[]>`
    select id, line from own_acts(${after}::uuid, ${atOnce}::int)`
}
