import { now } from '#app/platform/clock.server.ts'
import { linkIdOf, type OpenLink, type Transaction } from '#app/platform/db.server.ts'
import { countTry, forgetTries } from '#app/platform/rate-limit.server.ts'
import { getLinkNotice, logVisit, type LinkVisit } from './find-link-notice.server.ts'
import { judgeLinkCode } from './link-code.server.ts'
import { oweAnswerCode } from './owe-link-mails.server.ts'
import { asBearer, type BearerResult } from './taker.server.ts'

/** What a typed code is. Every try is counted before it is judged. */
export type CodeVerdict = 'good' | 'expired' | 'wrong' | 'too-often' | 'unknown-link'

/** Judges the code that the bearer of a link typed; a good one forgets the tries before it. */
export async function confirmByLink(token: string, typed: string): Promise<CodeVerdict> {
  const linkId = linkIdOf(token)
  if (linkId === null) return 'unknown-link'
  if (!(await countTry('code typed by link', linkId)).allowed) return 'too-often'
  const verdict = judgeLinkCode(linkId, typed, now())
  if (verdict === 'good') await forgetTries('code typed by link', linkId)
  return verdict
}

/** Mails the code to the contact of a link, and to nobody else. */
export async function mailLinkCode(token: string, visit: LinkVisit): Promise<BearerResult<'sent' | 'too-often'>> {
  const linkId = linkIdOf(token)
  if (linkId === null) return { open: false, because: 'unknown' }
  if (!(await countTry('code mailed by link', linkId)).allowed) return { open: true, value: 'too-often' }
  return asBearer(token, { confirmed: false }, async (tx, taker) => {
    if (taker.channel !== 'link') throw new Error('A code is mailed for a link alone.')
    await owe(tx, taker.link, visit)
    return 'sent' as const
  })
}

async function owe(tx: Transaction, link: OpenLink, visit: LinkVisit): Promise<void> {
  await logVisit(tx, link, visit)
  await oweAnswerCode(tx, { link, notice: await getLinkNotice(tx, link), back: '/answers' })
}
