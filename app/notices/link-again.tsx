import type { SubmissionResult } from '@conform-to/react'
import type { LinkIntent } from './link-answers.ts'

/** A form that came back: which one, what was typed, and whether a code is now asked for. */
export type LinkAgain = { intent: LinkIntent; result: SubmissionResult; asksCode: boolean } | null
