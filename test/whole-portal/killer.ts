import { setTimeout as wait } from 'node:timers/promises'
import type { Draw } from './draw.ts'
import type { HurtPortal } from './portal.ts'

const all = [
  'web',
  'worker',
  'mail',
  'backend',
  'postmaster',
  'restart',
  'everything',
  'worker',
  'full-disk',
  'clock',
] as const
/** What is done to the portal. */
export type Harm = (typeof all)[number]

/** What can be done to this portal; what is there twice is done more often. */
export function harmsOf({ hasSmallDisk }: Pick<HurtPortal, 'hasSmallDisk'>): readonly Harm[] {
  return all.filter((harm) => hasSmallDisk || harm !== 'full-disk')
}

/** Each harm once, in an order that is drawn. */
export function eachOnce(harms: readonly Harm[], draw: Draw): Harm[] {
  const left = [...new Set(harms)]
  return left.map((_, index) => {
    const other = draw.between(index, left.length - 1)
    const drawn = left[other]
    const here = left[index]
    if (drawn === undefined || here === undefined) throw new Error('A place was drawn that is not there')
    left[other] = here
    left[index] = drawn
    return drawn
  })
}

/** When and how long a portal is hurt: `pauseMs` at most from one harm to the next. */
export interface Hurting {
  readonly draw: Draw
  readonly ended: () => boolean
  readonly first: readonly Harm[]
  readonly pauseMs: number
  /** How many acts were accepted so far: between two harms some work is done, however slow the machine is. */
  readonly accepted: () => number
}

/**
 * Hurts the portal at moments that are drawn, until the run ends and each harm of `first` was done; after each harm it must
 * be well again by itself.
 */
export async function keepHurting(
  portal: HurtPortal,
  { draw, ended, first, pauseMs, accepted }: Hurting,
  tell: (harm: Harm) => void,
): Promise<void> {
  const waiting = [...first]
  const harms = harmsOf(portal)
  while (waiting.length > 0 || !ended()) {
    await wait(draw.between(pauseMs / 4, pauseMs))
    const harm = waiting.shift() ?? harms[draw.between(0, harms.length - 1)] ?? 'worker'
    tell(harm)
    await hurt(portal, harm, draw)
    // Nothing ended by its clock.
    if (harm !== 'clock') await portal.untilWell()
    const before = accepted()
    for (let waited = 0; waited < 100 && !ended() && accepted() < before + 2; waited += 1) await wait(100)
  }
}

const hour = 3_600

async function hurt(portal: HurtPortal, harm: Harm, draw: Draw): Promise<void> {
  switch (harm) {
    case 'restart':
      portal.restartDatabase()
      return
    case 'full-disk':
      await portal.fillDisk(draw.between(200, 2_000))
      return
    case 'clock':
      // What waits for its time waits an hour longer: then it goes forward, or nobody would see the end of that.
      portal.setClock(-hour)
      await wait(draw.between(500, 2_500))
      portal.setClock(draw.between(1, 5) * hour)
      return
    case 'everything':
      await portal.killAll(draw.chance(0.5))
      await portal.start()
      return
    default:
      portal.kill(harm)
  }
}
