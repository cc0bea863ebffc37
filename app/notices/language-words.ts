import { m } from '#app/generated/messages/messages.js'
import type { LetterLocale } from './legal-bases/basis.ts'

/** The languages of letters, as the reader calls them. */
export const languageWords = {
  en: (...said: Parameters<typeof m.evidence_language_en>) => m.evidence_language_en(...said),
  ja: (...said: Parameters<typeof m.evidence_language_ja>) => m.evidence_language_ja(...said),
} satisfies Record<LetterLocale, unknown>
