import { normalText } from '#app/platform/normal-text.ts'

/** How long an organisation may still change its mind, in days. */
export const graceDays = 30
/** So many days before the end its owners are told once more. */
export const reminderDays = 7

const dayMs = 86_400_000

/** When an organisation that asked for it is erased. */
export function erasedFrom(askedAt: Date): Date {
  return new Date(askedAt.getTime() + graceDays * dayMs)
}

/** Whether somebody typed the name of an organisation, in one of its scripts. Case and width do not matter (NFKC). */
export function namesOrganisation(
  typed: string,
  { name, nameOther }: { name: string; nameOther: string | null },
): boolean {
  return [name, nameOther].some((each) => each !== null && folded(each) === folded(typed))
}

function folded(text: string): string {
  return normalText(text, 'NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

/** Where the closing of an organisation stands. Instants ISO 8601 in UTC. */
export interface Closing {
  readonly id: string
  /** Who asked for it; null once erased. */
  readonly asker: string | null
  readonly askedAt: string
  readonly eraseAt: string
  /** From then on nobody cancels. */
  readonly begun: boolean
}

/** Why a closing is not asked for, or not cancelled. */
export type ClosingRefusal = 'not-an-owner' | 'unsent' | 'begun' | 'over'
