import type { Measure } from '#app/notices/measures.ts'
import type { Act, BasisId, NoticeKind } from './basis.ts'

const aboutTraining: ReadonlySet<Measure> = new Set([
  'STOP_TRAINING_FUTURE',
  'REMOVE_FROM_DATASETS',
  'RETRAIN_OR_UNLEARN',
])

/**
 * Whether a notice would carry a training complaint under section 512(c), which is about material hosted for users: such a
 * notice is not valid, and `CEASE_DESIST` is the right way.
 */
export function isTrainingUnderHosting({
  bases,
  kind,
  measures,
  particulars,
}: {
  readonly bases: readonly BasisId[]
  readonly kind: NoticeKind | null
  readonly measures: readonly { readonly measure: Measure }[]
  readonly particulars: { readonly acts: readonly Act[] }
}): boolean {
  if (!bases.includes('US_DMCA_512C')) return false
  if (kind !== 'takedown' || particulars.acts.includes('training')) return true
  return measures.some(({ measure }) => aboutTraining.has(measure))
}

/** The same notice by the right way: a cease and desist letter, under which outputs can still be complained of. */
export function ceaseDesistInstead({
  bases,
  kind,
}: {
  readonly bases: readonly BasisId[]
  readonly kind: NoticeKind | null
}): { readonly bases: readonly BasisId[]; readonly kind: NoticeKind } {
  const others = bases.filter((basis) => basis !== 'US_DMCA_512C' && basis !== 'CEASE_DESIST')
  return { bases: ['CEASE_DESIST', ...others], kind: kind === 'takedown' ? 'takedown' : 'cease_and_desist' }
}
