import type { Member } from '#app/accounts/viewer.server.ts'
import { writeMessage } from '#app/notices/write-message.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { replyByMail, writeAstray } from './mail-back.ts'
import { goTo } from './time.ts'

/** A contact answers the mail instead of using its link; the studio writes back. Another one loses the reply address. */
export async function talkByMail({
  studio,
  noticeId,
  deliver,
}: {
  studio: Member
  noticeId: string
  deliver: () => Promise<void>
}) {
  const tom = { from: 'notices@halcyon.test', name: 'Tom Ashworth' }
  goTo(7, 13, 45)
  await replyByMail(noticeId, {
    ...tom,
    subject: 'Re: Exclusion request',
    text: [
      'Dear colleagues,',
      '',
      'thank you. Two of the films are in our set under other titles. Could you send us the original titles in Japanese?',
      '',
      'Tom Ashworth',
      'Notices team, Halcyon Video (demo)',
      '',
      'On Thu, 5 Nov 2026 at 01:41, Hoshizora Animation (demo) via Caveat <notices@caveat.example> wrote:',
      '> We ask you not to use these works to train any model from now on,',
      '> and to remove copies held for that purpose.',
    ],
    file: { name: 'two-titles.txt', lines: ['Spring at the harbour', 'The paper lantern'] },
  })
  await deliver()
  goTo(6, 0, 20)
  const { reference } = await withWorker((tx) =>
    tx.notice.findUniqueOrThrow({ where: { id: noticeId }, select: { reference: true } }),
  )
  await writeMessage({
    member: studio,
    reference,
    message: { key: newId(), text: 'The original titles stand in the annex, in the column “Title (original)”.' },
  })
  await deliver()
  goTo(3, 9, 10)
  await writeAstray({
    from: 'legal@meridian.test',
    name: 'Meridian Labs (demo)',
    subject: 'Your letter about our training data',
    text: ['We cannot find the reply address of your letter. Whom may we call?'],
  })
}
