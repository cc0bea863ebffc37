import { appendFileSync, readFileSync } from 'node:fs'

/** What a client was told of an act. `unknown`: no answer came, or one that does not say what became of it. */
export type Told = 'accepted' | 'refused' | 'unknown'

/** What a client asks for, as it is found again afterwards. */
export type Act =
  | { readonly kind: 'keep'; readonly piece: string; readonly sha256: string }
  | {
      readonly kind: 'file'
      readonly draft: string
      readonly revision: number
      readonly vendors: number
      readonly pieces: number
    }
  | { readonly kind: 'recall'; readonly filing: string }
  | { readonly kind: 'step'; readonly notice: string; readonly step: string }
  | { readonly kind: 'reply'; readonly messageId: string }

/** An act, with what its client was told of each try. */
export interface Recorded {
  readonly act: Act
  readonly told: readonly Told[]
}

/** The clients' own record: one line before each try and one after it, written before anything goes over the wire. */
export interface ActRecord {
  /** @returns the number of the try, for `end` */
  begin(act: Act): number
  end(tried: number, told: Told, said: string): void
  /** How many tries were accepted so far, of all acts or of one kind. */
  accepted(kind?: Act['kind']): number
}

type Line = { begun: number; act: Act } | { ended: number; told: Told; said: string }

/** Opens a record in a new file. */
export function openRecord(path: string): ActRecord {
  const count = { tries: 0 }
  const kinds = new Map<number, Act['kind']>()
  const accepted: (Act['kind'] | undefined)[] = []
  const write = (line: Line) => appendFileSync(path, `${JSON.stringify({ at: new Date(), ...line })}\n`)
  return {
    begin(act) {
      count.tries += 1
      kinds.set(count.tries, act.kind)
      write({ begun: count.tries, act })
      return count.tries
    },
    end(tried, told, said) {
      if (told === 'accepted') accepted.push(kinds.get(tried))
      write({ ended: tried, told, said })
    },
    accepted: (kind) => accepted.filter((each) => kind === undefined || each === kind).length,
  }
}

/** Reads a record: every act once, in the order in which it was first tried. A try without an end is unknown. */
export function readRecord(path: string): readonly Recorded[] {
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line): Line => JSON.parse(line))
  const ends = new Map(lines.flatMap((line) => ('ended' in line ? [[line.ended, line.told]] : [])))
  const tries = lines.flatMap((line) =>
    'begun' in line ? [{ act: line.act, told: ends.get(line.begun) ?? ('unknown' as const) }] : [],
  )
  const byAct = Map.groupBy(tries, ({ act }) => JSON.stringify(act))
  return [...byAct.values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [{ act: first.act, told: same.map(({ told }) => told) }]
  })
}

/** How often an act may be found: once if any try was accepted, never if all were refused, else at most once. */
export function timesOf({ told }: Recorded): { readonly least: 0 | 1; readonly most: 0 | 1 } {
  return {
    least: told.includes('accepted') ? 1 : 0,
    most: told.every((each) => each === 'refused') ? 0 : 1,
  }
}
