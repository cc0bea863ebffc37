import { keepInbound } from '#app/mail/keep-inbound.server.ts'
import { sealedAddress } from '#app/mail/sealed-address.server.ts'
import { takeInMail } from '#app/mail/take-in-mail.server.ts'
import { noticeInboundHandlers } from '#app/notices/inbound-mail-handlers.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'

type Letter = {
  from: string
  name: string
  subject: string
  text: readonly string[]
  /** A text file that comes with it. */
  file?: { name: string; lines: readonly string[] }
}

/** Lets a vendor's contact answer the mail that brought it a notice, as its mail program would. */
export async function replyByMail(noticeId: string, letter: Letter): Promise<void> {
  const served = await withWorker((tx) =>
    tx.outgoingMail.findFirstOrThrow({
      where: { noticeId, kind: 'notice-served', linkId: { not: null } },
      orderBy: { id: 'asc' },
      select: { id: true, messageId: true },
    }),
  )
  const to = sealedAddress('reply', served.id)
  // A portal that receives no mail has no such address: its story goes on without the reply.
  if (to !== null) await arrive({ to, letter, inReplyTo: served.messageId })
}

/** Lets somebody write to the address that Caveat's mails come from, instead of answering one of them. */
export async function writeAstray(letter: Letter): Promise<void> {
  const { MAIL_IN_DOMAIN } = env()
  if (MAIL_IN_DOMAIN !== undefined) await arrive({ to: `postmaster@${MAIL_IN_DOMAIN}`, letter, inReplyTo: null })
}

async function arrive({
  to,
  letter,
  inReplyTo,
}: {
  to: string
  letter: Letter
  inReplyTo: string | null
}): Promise<void> {
  const { from, name, subject } = letter
  const fields = [
    `From: ${name} <${from}>`,
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Date: ${now().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <story-${now().getTime()}@${from.split('@')[1] ?? 'story.test'}>`,
    ...(inReplyTo === null ? [] : [`In-Reply-To: ${inReplyTo}`, `References: ${inReplyTo}`]),
    'MIME-Version: 1.0',
  ]
  const bytes = Buffer.from([...fields, ...bodyOf(letter), ''].join('\r\n'), 'utf8')
  await keepInbound({ bytes, from, to: [to], remoteAddress: '192.0.2.25', helo: 'mx.story.test', secure: true })
  await takeInMail({ handlers: noticeInboundHandlers })
}

function bodyOf({ text, file }: Letter): string[] {
  const plain = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', ...text]
  if (file === undefined) return plain
  const part = '--story'
  return [
    'Content-Type: multipart/mixed; boundary="story"',
    '',
    part,
    ...plain,
    part,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Disposition: attachment; filename="${file.name}"`,
    '',
    ...file.lines,
    `${part}--`,
  ]
}
