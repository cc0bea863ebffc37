import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { mostAskedWorks, type AskedKind, type QuestionKind, type SendBackReason } from './questions.ts'

/** Names what a question is about, inside a heading. */
export const questionKindWords = {
  works: () => m.questions_kind_works(),
  identifiers: () => m.questions_kind_identifiers(),
  authority: () => m.questions_kind_authority(),
  evidence: () => m.questions_kind_evidence(),
  scope: () => m.questions_kind_scope(),
  other: () => m.questions_kind_other(),
  incomplete: () => m.questions_kind_incomplete(),
} satisfies Record<QuestionKind, () => string>

/** What may be asked, as choices of a form. */
export const askKindWords = {
  works: () => m.questions_ask_works(),
  identifiers: () => m.questions_ask_identifiers(),
  authority: () => m.questions_ask_authority(),
  evidence: () => m.questions_ask_evidence(),
  scope: () => m.questions_ask_scope(),
  other: () => m.questions_ask_other(),
} satisfies Record<AskedKind, () => string>

/** What may be missing in a notice. */
export const reasonWords = {
  works: () => m.questions_reason_works(),
  identifiers: () => m.questions_reason_identifiers(),
  locations: () => m.questions_reason_locations(),
  rights: () => m.questions_reason_rights(),
  authority: () => m.questions_reason_authority(),
  evidence: () => m.questions_reason_evidence(),
  measures: () => m.questions_reason_measures(),
  contact: () => m.questions_reason_contact(),
} satisfies Record<SendBackReason, () => string>

/** `about 12 works`, `about all 176 works`. */
export function aboutWords({ worksKind, works }: { worksKind: 'all' | 'listed'; works: number }): string {
  const counted = m.notices_works({ count: formatNumber(works) })
  return worksKind === 'all' ? m.questions_about_all({ works: counted }) : m.questions_about_listed({ works: counted })
}

/** Says what is wrong with the works of a question. */
export function worksFault({ because }: { because: 'no-works' | 'too-many-works' }): string {
  return because === 'no-works'
    ? m.questions_fault_no_works()
    : m.questions_fault_many_works({ max: formatNumber(mostAskedWorks) })
}
