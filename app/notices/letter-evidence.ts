import type { LetterLocale } from './legal-bases/basis.ts'
import type { LetterFacts } from './letter-facts.ts'
import { counted, fill, named } from './letter-template.ts'
import type { Block } from './letter.ts'

// Frozen like the common letter: letters that were sent say these words.
const words = {
  en: {
    heading: 'Evidence',
    intro:
      'The following files go with this notice. Each can be opened from the notice and is identified by its SHA-256:',
    piece: '{name} ({type}, {bytes} bytes), SHA-256 {sha256}',
  },
  ja: {
    heading: '証拠',
    intro:
      '本通知には次のファイルを添えます。各ファイルは本通知のページから開くことができ、SHA-256によって特定されます。',
    piece: '{name}（{type}、{bytes}バイト）、SHA-256 {sha256}',
  },
} as const satisfies Record<LetterLocale, Record<'heading' | 'intro' | 'piece', string>>

/** The files that the vendor can read beside the letter, each by its hash; nothing where there are none. */
export function evidenceSection({ evidence, locale }: LetterFacts): Block[] {
  if (evidence.length === 0) return []
  const { heading, intro, piece } = words[locale]
  return [
    { type: 'heading', lines: [[{ text: heading }]] },
    { type: 'paragraph', lines: [[{ text: intro }]] },
    {
      type: 'list',
      ordered: true,
      items: evidence.map(({ name, type, bytes, sha256 }) =>
        fill(piece, {
          name: named(name, 'chosen'),
          type: { text: type },
          bytes: { text: counted(bytes) },
          sha256: { text: sha256 },
        }),
      ),
    },
  ]
}
