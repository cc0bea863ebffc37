import type { BasisId } from './legal-bases/basis.ts'
import { basisWords } from './wording.ts'

/** What a notice stands on: one line each, since a notice may stand on several. */
export function Bases({ bases }: { bases: readonly BasisId[] }) {
  const [only, another] = bases
  if (only !== undefined && another === undefined) return basisWords[only]()
  return (
    <ul className="m">
      {bases.map((basis) => (
        <li key={basis}>{basisWords[basis]()}</li>
      ))}
    </ul>
  )
}
