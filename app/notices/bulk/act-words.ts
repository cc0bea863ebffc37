import { m } from '#app/generated/messages/messages.js'
import { refusals } from '#app/notices/lifecycle.ts'
import { stages } from '#app/notices/stages.ts'
import { refusalSentence } from '#app/notices/step-wording.ts'
import { formatNumber } from '#app/ui/format.ts'
import type { ActStatus, AskedAct } from './bulk-act.ts'
import type { NotQueued } from './queue-act.server.ts'

/** What is done, with how many notices: the title of its page. */
export function actTitle(asked: AskedAct, total: number): string {
  const words = { n: total, count: formatNumber(total) }
  switch (asked.act) {
    case 'chase':
      return m.bulk_act_chase(words)
    case 'note':
      return m.bulk_act_note(words)
    case 'assign':
      return asked.person === 'nobody' ? m.bulk_act_unassign(words) : m.bulk_act_assign(words)
    case 'tag':
      return m.bulk_act_tag({ ...words, tag: asked.tag })
    case 'untag':
      return m.bulk_act_untag({ ...words, tag: asked.tag })
    case 'withdraw':
      return m.bulk_act_withdraw(words)
    case 'export':
      return m.bulk_act_export({ ...words, format: asked.format.toUpperCase() })
    default:
      return asked satisfies never
  }
}

/** Where an act stands. */
export const statusWords = {
  choosing: () => m.bulk_status_choosing(),
  queued: () => m.bulk_status_queued(),
  running: () => m.bulk_status_running(),
  stopping: () => m.bulk_status_stopping(),
  stopped: () => m.bulk_status_stopped(),
  done: () => m.bulk_status_done(),
  failed: () => m.bulk_status_failed(),
} as const satisfies Record<ActStatus, () => string>

/** Why an act was not begun. */
export const notQueuedWords = {
  'role-too-low': () => m.bulk_refused_role(),
  nothing: () => m.bulk_refused_nothing(),
  'too-many': () => m.bulk_refused_too_many(),
  'too-many-letters': () => m.bulk_refused_too_many_letters(),
  'nobody-there': () => m.bulk_because_nobody_there(),
  'not-now': () => m.bulk_refused_not_now(),
} as const satisfies Record<NotQueued, () => string>

const becauseWords: Readonly<Record<string, () => string>> = {
  missing: () => m.bulk_because_missing(),
  'needs-file': () => m.bulk_because_needs_file(),
  'role-too-low': () => m.bulk_because_role(),
  'no-member': () => m.bulk_because_no_member(),
  'nobody-there': () => m.bulk_because_nobody_there(),
  'no-letter': () => m.bulk_because_no_letter(),
  'nothing-late': () => m.bulk_because_nothing_late(),
  'chased-today': () => m.bulk_because_chased_today(),
  'chased-enough': () => m.bulk_because_chased_enough(),
  'not-open': () => m.bulk_because_not_open(),
  frozen: () => m.bulk_because_frozen(),
}

/** Why a row was not done. */
export function becauseSentence({ because, stage }: { because: string | null; stage: string | null }): string {
  const known = because === null ? undefined : becauseWords[because]
  if (known !== undefined) return known()
  const refusal = refusals.find((each) => each === because)
  const standing = stages.find((each) => each === stage)
  if (refusal === undefined || standing === undefined) return m.bulk_because_other()
  return refusalSentence({ because: refusal, step: 'notice.withdrawn', stage: standing })
}
