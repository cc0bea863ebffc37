import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { judgeForward, type ForwardVerdict } from './forwarding.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'
import { cancelServings, lockUnsentServings } from './unsent-servings.server.ts'

/** What came of passing a notice on: why it does not go there, or the results. */
export type Readdressed =
  | {
      readonly sent: false
      readonly because: Extract<ForwardVerdict, { allowed: false }>['because'] | 'no-such-contact'
    }
  | ({ readonly sent: true } & StepResults)

/** Where a notice is to go. */
export interface NewAddress {
  /** As `forwardAddressSchema` reads it. */
  readonly address: string
  readonly locale: 'en' | 'ja'
  /** A contact of the vendor's in the directory, if it is one. */
  readonly contactId?: string
}

interface ToReaddress {
  readonly taker: Taker
  readonly noticeId: string
  readonly to: NewAddress
  readonly reason?: string | undefined
  /** Only while nothing of the notice has arrived: the second of two who mend it changes nothing. */
  readonly ifUndeliverable?: boolean
}

/**
 * Sends a notice to another address: the vendor's people at once within their own registrable domain, the holder
 * anywhere. The links so far become read-only. The directory is not changed.
 */
export async function readdressNotice(
  tx: Transaction,
  { taker, noticeId, to, reason, ifUndeliverable = false }: ToReaddress,
): Promise<Readdressed> {
  const notice = await findAddressed(tx, noticeId, taker)
  const isHolder = notice !== null && taker.channel !== 'link' && isHolderOf(notice, taker)
  if (notice !== null && !isHolder) {
    const verdict = judgeForward({ own: notice.address ?? '', to: to.address, recent: notice.recent })
    if (!verdict.allowed) return { sent: false, because: verdict.because }
  }
  if (to.contactId !== undefined && !(await isContact(tx, noticeId, to)))
    return { sent: false, because: 'no-such-contact' }
  const unsent = isHolder ? await lockUnsentServings(tx, [noticeId]) : []
  const facts = { to: to.address, ...(reason ? { text: reason } : {}) }
  const results = await takeSteps(tx, {
    step: 'message.readdressed',
    noticeIds: [noticeId],
    taker,
    prepare: async (ready) => {
      if (ifUndeliverable && ready.every(({ notice: { projection } }) => projection.undeliverableAt === null))
        return new Map()
      const [row] = await tx.$queryRaw<{ closed: number }[]>`select close_links(${noticeId}::uuid, ${now()}) as closed`
      // The bearer's own link was open before the notice was locked: somebody has passed it on in between.
      if (taker.channel === 'link' && row?.closed === 0) return new Map()
      // What has not been composed for the old address is not sent there any more.
      await cancelServings(tx, unsent)
      if (isHolder && to.contactId !== undefined) await changeContact(tx, noticeId, to.contactId)
      return new Map([[noticeId, { facts, payload: { ownDomain: !isHolder }, address: to }]])
    },
  })
  return { sent: true, ...results }
}

interface Addressed {
  readonly holder: string
  readonly filedBy: string
  /** The address to which it went. */
  readonly address: string | null
  readonly recent: number
}

async function findAddressed(tx: Transaction, noticeId: string, taker: Taker): Promise<Addressed | null> {
  const since = new Date(now().getTime() - 24 * 60 * 60 * 1000)
  const [row] = await tx.$queryRaw<Addressed[]>`
    select n.holder_organisation_id as holder, n.filed_by_organisation_id as "filedBy", c.address,
      (select count(*)::int from notice_event e where e.notice_id = n.id and e.type = 'message.readdressed' and e.at > ${since}) as recent
    from notice n left join vendor_contact c on c.id = n.contact_id where n.id = ${noticeId}::uuid`
  if (!row) return null
  return taker.channel === 'link' ? { ...row, address: taker.link.address } : row
}

function isHolderOf({ holder, filedBy }: Addressed, taker: Exclude<Taker, { channel: 'link' }>): boolean {
  return taker.channel !== 'system' && (taker.organisation.id === holder || taker.organisation.id === filedBy)
}

async function isContact(tx: Transaction, noticeId: string, { contactId, address }: NewAddress): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select c.id from vendor_contact c join notice n on n.vendor_id = c.vendor_id
    where n.id = ${noticeId}::uuid and c.id = ${contactId}::uuid and lower(c.address) = ${address}
      and c.channel = 'email' and c.verified_at is not null and c.retired_at is null`
  return rows.length === 1
}

async function changeContact(tx: Transaction, noticeId: string, contactId: string): Promise<void> {
  await tx.$executeRaw`update notice set contact_id = ${contactId}::uuid where id = ${noticeId}::uuid`
}
