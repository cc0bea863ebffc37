import type { Pack } from './basis.ts'
import { frameJa1 } from './letter-frame-ja-1.ts'
import { frameJa2 } from './letter-frame-ja-2.ts'
import type { Frame } from './letter-frame.ts'

const labels = { reference: '整理番号', matter: '当方の案件番号' } as const

/** The first common letter in Japanese, with the words that mails and screens have for the two numbers. */
export const frameJa3 = { ...frameJa1, labels: { ...frameJa1.labels, ...labels } } as const satisfies Frame

/** The second one, with the same words. */
export const frameJa4 = { ...frameJa2, labels: { ...frameJa2.labels, ...labels } } as const satisfies Frame

/** The next version of a pack: it says the same in the common letter of the same kind with those words. */
export function inHouseWords<Given extends Pack>(pack: Given): Given & Pack {
  return { ...pack, version: pack.version + 1, frame: pack.frame + 2 }
}
