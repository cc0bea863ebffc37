import type { AnswerDraft, FieldFault } from './answering.ts'
import type { NoticeFacts } from './find-notice.server.ts'
import type { AnswersPreview } from './preview-answers.server.ts'

/** Everything that the page for answering shows. */
export interface AnsweringView {
  readonly notice: NoticeFacts
  /** The holder's name in the reader's script. */
  readonly holder: string
  readonly draft: AnswerDraft
  readonly preview: AnswersPreview
  readonly faults: readonly FieldFault[]
  /** What an act that was refused by a rule says; and faults of the page as a whole. */
  readonly said: readonly string[]
  /** How many answers were recorded by the page before. */
  readonly recorded: number | null
  /** Why nothing can be answered: the stage, or the role of the reader. */
  readonly closed: 'stage' | 'role' | null
  readonly reviewing: boolean
  readonly mostCounted: number
}
