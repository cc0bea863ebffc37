import { normalText } from '#app/platform/normal-text.ts'

/** A new password has at least this many characters. */
export const minPasswordLength = 12
/** And at most this many: argon2 reads all of them. */
export const maxPasswordLength = 128

// Words that head every published list of leaked passwords, with the names of this portal.
const commonWords = [
  'password',
  'passwort',
  'passw',
  'pass',
  'pw',
  'qwerty',
  'qwertz',
  'azerty',
  'qwertyuiop',
  'asdf',
  'asdfgh',
  'asdfghjkl',
  'zxcvbnm',
  'letmein',
  'welcome',
  'iloveyou',
  'admin',
  'administrator',
  'root',
  'user',
  'test',
  'guest',
  'login',
  'secret',
  'changeme',
  'default',
  'monkey',
  'dragon',
  'football',
  'baseball',
  'princess',
  'sunshine',
  'master',
  'shadow',
  'superman',
  'batman',
  'trustno',
  'starwars',
  'whatever',
  'freedom',
  'computer',
  'internet',
  'michael',
  'jordan',
  'abc',
  'abcd',
  'abcdef',
  'abcdefgh',
  'abcdefghijkl',
  'qazwsx',
  'qazwsxedc',
  'sakura',
  'nippon',
  'tokyo',
  'japan',
  'himitsu',
  'pasuwado',
  'caveat',
  'portal',
  'company',
  'studio',
  'winter',
  'spring',
  'summer',
  'autumn',
]

const runs = [
  '0123456789012345678901234567890',
  'abcdefghijklmnopqrstuvwxyzabcdefghij',
  'qwertyuiopasdfghjklzxcvbnmqwerty',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
]

/**
 * Whether a password is so common, regular or personal that guessing starts with it.
 *
 * @param about the person's own address and names, which make a poor password
 */
export function isGuessable(password: string, about: readonly string[] = []): boolean {
  const small = normalText(password, 'NFKC').toLowerCase()
  const backwards = Array.from(small).toReversed().join('')
  if (new Set(small).size <= 4) return true
  if (runs.some((run) => run.includes(small) || run.includes(backwards))) return true
  const letters = small.replaceAll(/[^\p{L}]/gu, '')
  const others = small.length - letters.length
  // A known word with a year or a few signs behind it is the first thing that is tried.
  return letters.length > 0 && withoutKnownWords(letters, about).length <= 2 && others <= 6
}

function withoutKnownWords(letters: string, about: readonly string[]): string {
  const own = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}]+/u)).filter((word) => word.length >= 3)
  const longestFirst = [...commonWords, ...own].toSorted((a, b) => b.length - a.length)
  return longestFirst.reduce((text, word) => text.replaceAll(word, ''), letters)
}
