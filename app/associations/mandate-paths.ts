/** From which side an organisation looks at its mandates. */
export type MandateSide = 'association' | 'member'

/** The address of the mandates of a side. */
export function mandatesPath(side: MandateSide): string {
  return side === 'association' ? '/association/mandates' : '/settings/mandates'
}

/** The side that an address shows. */
export function sideOfPath(url: string): MandateSide {
  return new URL(url).pathname.startsWith('/association/') ? 'association' : 'member'
}
