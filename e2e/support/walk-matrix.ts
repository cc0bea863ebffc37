import { actorLetters, type Actor, type ActorLetter } from './actors.ts'
import { askOnce, isLink, lineOf, type Answers, type Ask } from './route-matrix.ts'
import { takesForms } from './route-rules.ts'
import type { Targets } from './targets.ts'

/** What a walk over all addresses found: a line for each as route-rules.ts has it, and what strangers were told of the studio's. */
export interface Walked {
  readonly lines: ReadonlyMap<string, string>
  readonly told: readonly string[]
}

type Visit = { pattern: string; actor: Actor; ask: Ask; address: string; form: Record<string, string> }

// Who must change nothing asks all at once. Then those who may, one after another, in this order.
const harmless = ['h', 'x', 'a', 'r', 'n', 'v', 'm', 'w'] as const
const acting = ['l', 'd', 'f', 'p', 'e', 'o'] as const
const strangers: ReadonlySet<ActorLetter> = new Set(['h', 'x', 'a', 'n'])
const atOnce = 4

/** Asks every address as every actor. `between` is called when those have asked who must change nothing. */
export async function walkMatrix(
  patterns: readonly string[],
  { actors, targets, between }: { actors: readonly Actor[]; targets: Targets; between: () => Promise<void> },
): Promise<Walked> {
  const found = new Map<string, Answers>(patterns.map((pattern) => [pattern, new Map()]))
  const told: string[] = []
  const visit = async ({ pattern, actor, ask, address, form }: Visit): Promise<void> => {
    const { answer, said } = await askOnce(actor, { ask, address, form })
    const answers = found.get(pattern) ?? new Map()
    answers.set(ask, (answers.get(ask) ?? new Map()).set(actor.letter, answer))
    if (strangers.has(actor.letter))
      told.push(
        ...wordsTold(said, { targets, address, form: ask === 'POST ids' ? form : {} }).map(
          (word) => `${word} to ${actor.letter} at ${pattern}`,
        ),
      )
  }
  const visits = (ask: Ask, letters: readonly ActorLetter[]): Visit[] =>
    visitsOf(patterns, { ask, letters, actors, targets })
  await allOf(visits('GET', actorLetters), visit)
  await allOf([...visits('POST', harmless), ...visits('POST ids', harmless)], visit)
  await between()
  for (const letter of acting)
    for (const each of [...visits('POST', [letter]), ...visits('POST ids', [letter])]) await visit(each)
  return { lines: new Map([...found].map(([pattern, answers]) => [pattern, lineOf(pattern, answers)])), told }
}

function visitsOf(
  patterns: readonly string[],
  {
    ask,
    letters,
    actors,
    targets,
  }: { ask: Ask; letters: readonly ActorLetter[]; actors: readonly Actor[]; targets: Targets },
): Visit[] {
  const form = targets.forms[0] ?? {}
  return patterns.flatMap((pattern) =>
    actors
      .filter(({ letter }) => letters.includes(letter) && isAsked(pattern, ask, letter))
      .map((actor) => ({ pattern, actor, ask, form, address: addressOf(pattern, actor.letter, targets) })),
  )
}

function isAsked(pattern: string, ask: Ask, letter: ActorLetter): boolean {
  // Signing out ends a session that goes on asking.
  if (pattern === '/sign-out' && ask !== 'GET') return letter === 'n'
  if (letter === 'l') return isLink(pattern)
  // What takes no form takes none from anybody: three are asked.
  return ask === 'GET' || takesForms(pattern) || letter === 'o' || letter === 'r' || letter === 'n'
}

/** The address of a pattern with the studio's own objects in it, or with what its bearer's link opens. */
export function addressOf(pattern: string, letter: ActorLetter, targets: Targets): string {
  const parameter = letter === 'l' ? targets.bearersParameter : targets.parameter
  return pattern.replace('/*', '/no-such-page').replaceAll(/:(\w+)/g, (_, name: string) => parameter(pattern, name))
}

// The demo tells on this page, and on no other, who can sign in.
const demoHint = { address: '/sign-in', word: 'studio@demo.test' }

/** The studio's words in an answer, but for those that the asker sent. */
export function wordsTold(
  said: string,
  { targets, address, form }: { targets: Targets; address: string; form: Record<string, string> },
): string[] {
  const asked = new Set([...address.split('/').map((part) => decodeURIComponent(part)), ...Object.values(form)])
  if (address === demoHint.address) asked.add(demoHint.word)
  return targets.canaries.filter((canary) => said.includes(canary) && !asked.has(canary))
}

async function allOf(visits: readonly Visit[], visit: (each: Visit) => Promise<void>): Promise<void> {
  const waiting = [...visits]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await visit(next)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
