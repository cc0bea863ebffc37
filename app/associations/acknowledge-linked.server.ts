import { answerByLink } from '#app/notices/answer-by-link.server.ts'
import type { LinkVisit } from '#app/notices/find-link-notice.server.ts'
import type { Stage } from '#app/notices/stages.ts'
import { findLinkedFiling } from './find-received.server.ts'

/** How many notices were acknowledged, and how many wait still. */
export type LinkedDone =
  | { readonly open: false }
  | { readonly open: true; readonly done: number; readonly left: number }

/** So many are acknowledged at once: each is an act of its own, with its line and its receipt. */
export const mostAtOnce = 200

const waiting: ReadonlySet<Stage> = new Set(['sent', 'delivered'])

/**
 * Acknowledges what a collective link lists, without an account: each notice through the link of its own that the same contact was
 * sent, so that nothing else is reached and each has its own line in its ledger. What somebody else acknowledged meanwhile is passed
 * over, and doing it again goes on where it was.
 */
export async function acknowledgeLinked({
  token,
  who,
  visit,
  most = mostAtOnce,
}: {
  token: string
  who: { readonly name: string; readonly role: string }
  visit: LinkVisit
  most?: number
}): Promise<LinkedDone> {
  let [done, left, tried] = [0, 0, 0]
  for (let after: string | null = null; ;) {
    const page = await findLinkedFiling(token, after)
    if (page === null) return { open: false }
    for (const notice of page.notices.filter(({ stage }) => waiting.has(stage))) {
      const came = tried < most ? await acknowledgeOne(notice.token, who, visit) : 'left'
      tried += 1
      if (came === 'done') done += 1
      if (came === 'left') left += 1
    }
    if (page.next === null) return { open: true, done, left }
    after = page.next
  }
}

async function acknowledgeOne(
  token: string,
  who: { readonly name: string; readonly role: string },
  visit: LinkVisit,
): Promise<'done' | 'passed' | 'left'> {
  const answered = await answerByLink({ token, answer: { intent: 'acknowledge', ...who }, visit })
  if (!answered.open) return 'left'
  if (answered.value.came === 'done') return 'done'
  return answered.value.came === 'refused' ? 'passed' : 'left'
}
