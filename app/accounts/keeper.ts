import type { OrganisationKind } from './organisation.ts'
import type { Role } from './roles.ts'

/** What an act of the operator needs to know of the one who asks; a `Member` is one. */
export type Keeper = { personId: string; organisation: { kind: OrganisationKind; role: Role } }

/** Whether this member keeps the directory and the queues: an owner or editor of the operator. */
export function mayKeepDirectory({ organisation }: Keeper): boolean {
  return organisation.kind === 'operator' && (organisation.role === 'owner' || organisation.role === 'editor')
}

/** What every act of the operator answers to somebody else. */
export const notOperator = { allowed: false, because: 'not-operator' } as const
