import type pg from 'pg'
import { keepInbound } from '#app/mail/keep-inbound.server.ts'
import { aCatalogue } from './builders.ts'
import { aFiling } from './filings.ts'
import { postOffice } from './inbound.ts'
import { aPair } from './notices.ts'

/** A notice that its vendor's server has taken, with the mail that carried it and the post office that sent it. */
export async function servedNotice(owner: pg.Pool) {
  const pair = await aPair(owner)
  const { holder, vendor } = pair
  // Nobody has claimed the entry: the mail to its contact is the only copy.
  await owner.query('update vendor set organisation_id = null where id = $1', [vendor.id])
  await owner.query('update organisation set undo_minutes = 0 where id = $1', [holder.organisation.id])
  const catalogue = await aCatalogue(owner, holder.organisation.id)
  await aFiling(holder.member, { vendorIds: [vendor.id], catalogue })
  const post = postOffice()
  await post.send()
  await post.send()
  const { rows } = await owner.query('select id, reference from notice where vendor_id = $1', [vendor.id])
  const notice = { id: String(rows[0].id), reference: String(rows[0].reference) }
  const [mail] = post.to(vendor.contact.address)
  if (mail === undefined) throw new Error('The notice was not served')
  return { pair, notice, post, mail }
}

/** What `servedNotice` made. */
export type Served = Awaited<ReturnType<typeof servedNotice>>

/** Where a notice stands, as far as mail may change it. */
export async function stateOf(owner: pg.Pool, noticeId: string) {
  const { rows } = await owner.query(
    `select stage, last_sequence, undeliverable_at is not null as undeliverable, delivered_at from notice where id = $1`,
    [noticeId],
  )
  return rows[0]
}

/** The conversation of a notice, oldest first. */
export async function messagesOf(owner: pg.Pool, noticeId: string) {
  const { rows } = await owner.query(
    `select side, channel, author_address as address, fresh, quoted, automatic, held, sender, event_sequence is not null as told
     from notice_message where notice_id = $1 order by id`,
    [noticeId],
  )
  return rows
}

/** Lets a mail arrive as the mail process does. Returns the ids of its lines. */
export function arrive(to: string | readonly string[], bytes: Buffer, from = 'rights@vendor.test'): Promise<string[]> {
  const recipients = typeof to === 'string' ? [to] : to
  return keepInbound({ bytes, from, to: recipients, remoteAddress: '192.0.2.1', helo: 'mx', secure: false })
}
