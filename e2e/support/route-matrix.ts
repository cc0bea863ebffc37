import { actorLetters, type Actor, type ActorLetter } from './actors.ts'

/** What one actor asks of one address: its page, its form left empty, and its form with the ids of others. */
const asks = ['GET', 'POST', 'POST ids'] as const

/** One of `asks`. */
export type Ask = (typeof asks)[number]

/** What came of asking: a status; `in` where the asker is sent to sign in, `on` where to anywhere else. */
type Answer = string

/** The answers to one address, by ask and actor. */
export type Answers = Map<Ask, Map<ActorLetter, Answer>>

/** Asks once, as a browser would from a page of ours, and follows nothing. */
export async function askOnce(
  { cookie }: Actor,
  { ask, address, form }: { ask: Ask; address: string; form: Record<string, string> },
): Promise<{ answer: Answer; said: string }> {
  const origin = process.env['CAVEAT_URL'] ?? ''
  const headers = { origin, ...(cookie === null ? {} : { cookie }) }
  const body = ask === 'GET' ? {} : { method: 'POST', body: new URLSearchParams(ask === 'POST' ? {} : form) }
  const response = await fetch(`${origin}${address}`, { headers, redirect: 'manual', ...body })
  const location = response.headers.get('location') ?? ''
  const led = location.startsWith('/sign-in') ? 'in' : 'on'
  return {
    answer: response.status === 303 || response.status === 302 ? led : String(response.status),
    said: `${JSON.stringify([...response.headers])}\n${await response.text()}`,
  }
}

/** Whether only the bearer of a link has the address for what it is. */
export const isLink = (pattern: string): boolean => /^\/[nc]\/:token/.test(pattern)

// Nobody is sent to sign in, for all others that a line does not name there is nothing.
const unnamed = (pattern: string, letter: ActorLetter): Answer => (letter === 'n' && !isLink(pattern) ? 'in' : '404')

/** The answers as a line of route-rules.ts says them. */
export function lineOf(pattern: string, answers: Answers): string {
  const [get, ...posts] = asks.map((ask) => partOf(pattern, answers.get(ask) ?? new Map()))
  const [empty, ids] = posts
  return [get, empty, ...(ids === empty ? [] : [ids])].join(' | ')
}

function partOf(pattern: string, given: ReadonlyMap<ActorLetter, Answer>): string {
  const asked = actorLetters.filter((letter) => given.has(letter))
  const [only, ...others] = new Set(asked.map((letter) => given.get(letter)))
  if (only !== undefined && others.length === 0) return `* ${only}`
  const groups = new Map<Answer, string>()
  for (const letter of asked) {
    const answer = given.get(letter) ?? ''
    if (answer !== unnamed(pattern, letter)) groups.set(answer, `${groups.get(answer) ?? ''}${letter}`)
  }
  return [...groups].map(([answer, letters]) => `${letters} ${answer}`).join(' ') || '-'
}
