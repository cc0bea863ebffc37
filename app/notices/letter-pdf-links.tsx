import { m } from '#app/generated/messages/messages.js'
import type { StoredLetter } from './find-letter.server.ts'
import { languageWords } from './language-words.ts'
import { letterLocales } from './legal-bases/basis.ts'

/** A letter on paper, and in the other language where none was sent in that. */
export function LetterPdfLinks({
  stored,
  path,
  all,
}: {
  stored: StoredLetter
  path: string
  all: readonly StoredLetter[]
}) {
  const { letter, translatable } = stored
  const others = letterLocales.filter((locale) => all.every((each) => each.letter.locale !== locale))
  return (
    <p className="gap">
      <a href={`${path}/letter.pdf?language=${letter.locale}`}>{m.evidence_pdf_open()}</a>
      {translatable &&
        others.map((locale) => (
          <span key={locale}>
            {' · '}
            <a href={`${path}/letter.pdf?language=${locale}`} hrefLang={locale}>
              {m.evidence_pdf_translated({ language: languageWords[locale]() })}
            </a>
          </span>
        ))}
    </p>
  )
}
