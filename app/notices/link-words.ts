import { provenWords } from '#app/accounts/domain-words.ts'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatDate, formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { LinkNotice } from './find-link-notice.server.ts'
import type { LinkDone } from './link-answers.ts'

/** `176 works`, 176作品. */
export function worksWord(count: number): string {
  return m.mails_works({ count: formatNumber(count), n: count })
}

/** A name in the script of the page. */
export function nameHere({ name, nameOther }: { name: string; nameOther: string | null }): string {
  return nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther)
}

const asks = {
  exclusion: m.mails_asks_exclusion,
  cease_and_desist: m.mails_asks_cease_and_desist,
  takedown: m.mails_asks_takedown,
} as const satisfies Record<LinkNotice['kind'], unknown>

/** Who asks whom what: the page's heading, and the mail's. */
export function whoAsks({ kind, holder, vendor, works }: LinkNotice): string {
  return asks[kind]({ holder: nameHere(holder), vendor: nameHere(vendor), works: worksWord(works) })
}

/** How the rights holder was verified. */
export function verifiedWords(holder: LinkNotice['holder']): string {
  const { domain, verifiedAt, verifiedHow } = holder
  if (verifiedAt === null) return m.mails_answer_verified_not()
  const proven = provenWords(holder, 'UTC')
  if (proven !== undefined) return proven
  const on = formatDate(verifiedAt, 'UTC')
  if (verifiedHow === 'domain' && domain !== null) return m.mails_answer_verified_domain({ domain, on })
  return m.mails_answer_verified_otherwise({ how: verifiedHow ?? '', on })
}

/** Says what an answer did. */
export const doneByLink = {
  acknowledged: () => m.mails_answer_done_acknowledged(),
  forwarded: () => m.mails_answer_done_forwarded(),
  'asked-holder': () => m.mails_answer_done_asked_holder(),
  referenced: () => m.mails_answer_done_referenced(),
  declined: () => m.mails_answer_done_declined(),
  asked: () => m.questions_done_asked(),
  'sent-back': () => m.questions_done_sent_back(),
  closed: () => m.questions_done_closed(),
} satisfies Record<LinkDone, () => string>
