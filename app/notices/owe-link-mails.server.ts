import { now } from '#app/platform/clock.server.ts'
import { linkToken, type OpenLink, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { LinkNotice } from './find-link-notice.server.ts'
import { linkCode } from './link-code.server.ts'

/**
 * Owes the contact the code with which it decides. It is no mail of the notice: the holder, who may read those, must
 * never see it.
 *
 * @param given.back where on its page the code is asked for
 */
export async function oweAnswerCode(
  tx: Transaction,
  { link, notice, back = '#not-ours' }: { link: OpenLink; notice: LinkNotice; back?: '#not-ours' | '/answers' },
): Promise<void> {
  const at = now()
  const locale = link.locale === 'ja' ? 'ja' : 'en'
  const facts = {
    about: { reference: notice.reference, holder: nameIn(locale, notice.holder.name, notice.holder.nameOther) },
    code: linkCode(link.id, at),
    url: `${env().BASE_URL}/n/${linkToken(link.id)}${back}`,
  }
  await tx.mailDuty.createMany({
    data: [
      {
        id: newId(),
        kind: 'answer-code',
        audience: 'address',
        address: link.address,
        locale,
        facts,
        notBefore: at,
        createdAt: at,
      },
    ],
  })
  await wake(tx, 'mail')
}

/**
 * Owes the holder the question whether a notice may go to an address outside the vendor's own domain: once a day for an
 * address, however often the form is sent.
 */
export async function oweForwardQuestion(
  tx: Transaction,
  { link, to, name }: { link: OpenLink; to: string; name: string },
): Promise<void> {
  const [row] = await tx.$queryRaw<{ asked: boolean }[]>`select forward_was_asked(${to}) as asked`
  if (row?.asked === true) return
  const at = now()
  await tx.mailDuty.createMany({
    data: [
      {
        id: newId(),
        noticeId: link.noticeId,
        kind: 'notice-forwarded',
        audience: 'holder',
        facts: { from: link.address, to, name, at: at.toISOString() },
        notBefore: at,
        createdAt: at,
      },
    ],
  })
  await wake(tx, 'mail')
}
