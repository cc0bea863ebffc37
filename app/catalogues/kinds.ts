import { foldText } from './fold-text.ts'

/** The kinds of work that have a word in every language. A file's own word for another kind is kept as written. */
export const workKinds = [
  'film',
  'series',
  'episode',
  'video',
  'game',
  'book',
  'comic',
  'article',
  'photograph',
  'artwork',
  'music',
  'recording',
  'software',
  'character',
  'other',
] as const

/** The code of a kind of work. */
export type WorkKind = (typeof workKinds)[number]

/** Whether `text` is the code of a kind. */
export function isWorkKind(text: string): text is WorkKind {
  return workKinds.some((kind) => kind === text)
}

const words: readonly (readonly [RegExp, WorkKind])[] = [
  [/episode|第.{1,3}話/u, 'episode'],
  [/\bseries\b|tv|しりーず|てれび/u, 'series'],
  [/video|びでお|でぃすく|\bdvd\b|blu-?ray/u, 'video'],
  [/film|movie|cinema|motion picture|映画/u, 'film'],
  [/game|げーむ/u, 'game'],
  [/comic|manga|graphic novel|漫画|まんが|こみっく/u, 'comic'],
  [/book|novel|書籍|小説|図書/u, 'book'],
  [/article|記事|論文/u, 'article'],
  [/photo|still image|写真/u, 'photograph'],
  [/artwork|painting|drawing|sculpture|museum|美術|絵画/u, 'artwork'],
  [/recording|録音|原盤/u, 'recording'],
  [/music|song|楽曲|音楽/u, 'music'],
  [/software|そふとうぇあ/u, 'software'],
  [/character|きゃらくたー/u, 'character'],
]

/**
 * The kind that a word of a file means.
 *
 * @returns a code of `workKinds`, or the word itself, at most 60 characters of it
 */
export function readKind(text: string): string | undefined {
  const folded = foldText(text)
  if (folded === '') return undefined
  if (isWorkKind(folded)) return folded
  return words.find(([pattern]) => pattern.test(folded))?.[1] ?? text.trim().slice(0, 60)
}

/** The kind that a file's name speaks of, such as `bandai-namco_games.csv`. */
export function guessKind(fileName: string): WorkKind | undefined {
  const folded = foldText(fileName.replaceAll(/[_.-]/gu, ' '))
  return words.find(([pattern]) => pattern.test(folded))?.[1]
}
