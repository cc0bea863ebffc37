import { now } from '#app/platform/clock.server.ts'
import { takeSteps } from './take-steps.server.ts'
import { asSystem } from './taker.server.ts'

const batch = 500

/**
 * Closes decided notices whose challenge window is over. In the worker process; run it as often as you like.
 *
 * @returns how many were closed
 */
export async function lapseDecisions(): Promise<number> {
  let closed = 0
  for (;;) {
    const taken = await lapseSome()
    closed += taken
    // Less than a full batch: the rest was closed by someone else, or there is none.
    if (taken < batch) return closed
  }
}

function lapseSome(): Promise<number> {
  return asSystem(async (tx, taker) => {
    const due = await tx.notice.findMany({
      where: { stage: 'decided', challengeDueAt: { lt: now() } },
      select: { id: true },
      orderBy: { challengeDueAt: 'asc' },
      take: batch,
    })
    if (due.length === 0) return 0
    const { succeeded } = await takeSteps(tx, { step: 'decision.lapsed', noticeIds: due.map(({ id }) => id), taker })
    return succeeded.length
  })
}
