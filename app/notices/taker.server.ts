import type { Role } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import type { Canonical } from '#app/ledger/canonical-json.ts'
import { withLink, withPerson, withWorker, type OpenLink, type Transaction } from '#app/platform/db.server.ts'
import type { Asker } from './lifecycle.ts'

/** Who takes a step, and through which door. */
export type Taker =
  | {
      readonly channel: 'portal' | 'api'
      readonly personId: string
      readonly name: string
      readonly email: string
      readonly organisation: { readonly id: string; readonly name: string; readonly role: Role }
    }
  | { readonly channel: 'link'; readonly link: OpenLink; readonly bearer: Bearer }
  | { readonly channel: 'system' }

/** What the bearer of a mail link says of himself, and what was seen of him. */
export interface Bearer {
  readonly name?: string | undefined
  readonly role?: string | undefined
  readonly networkAddress?: string | undefined
  /** Has typed the code that was mailed to the contact. */
  readonly confirmed: boolean
}

/** A member as far as an act needs to know. */
export type ActingMember = Pick<Member, 'personId' | 'name' | 'email'> & {
  readonly organisation: Pick<Member['organisation'], 'id' | 'name' | 'role'>
}

/** Runs an act as a signed-in member, for the organisation he or she acts for. */
export function asMember<T>(member: ActingMember, act: (tx: Transaction, taker: Taker) => Promise<T>): Promise<T> {
  const { personId, name, email, organisation } = member
  return withPerson(personId, (tx) => act(tx, { channel: 'portal', personId, name, email, organisation }))
}

/** The answer of `asBearer`: the act's, or why the link takes no answer. */
export type BearerResult<T> =
  | { readonly open: true; readonly value: T }
  | { readonly open: false; readonly because: 'unknown' | 'expired' | 'revoked' | 'read-only' }

/** Runs an act as the bearer of a mail link, for the one notice that it opens. */
export async function asBearer<T>(
  token: string,
  bearer: Bearer,
  act: (tx: Transaction, taker: Taker, noticeId: string) => Promise<T>,
): Promise<BearerResult<T>> {
  const result = await withLink(token, async (tx, link): Promise<BearerResult<T>> => {
    if (link.readOnly) return { open: false, because: 'read-only' }
    return { open: true, value: await act(tx, { channel: 'link', link, bearer }, link.noticeId) }
  })
  return result.open ? result.value : result
}

/** Runs an act as the portal itself: mails that arrived or bounced, dates that passed. In the worker process only. */
export function asSystem<T>(act: (tx: Transaction, taker: Taker) => Promise<T>): Promise<T> {
  return withWorker((tx) => act(tx, { channel: 'system' }))
}

/** A mandate by which an association acts, in the version that counts. */
export interface ReliedMandate {
  readonly associationId: string
  readonly mandateId: string
  readonly version: number
}

/** The sides of a notice. */
export interface Sides {
  readonly holderOrganisationId: string
  readonly filedByOrganisationId: string
  readonly vendorOrganisationId: string | null
  readonly submittedBy: string
  /** The mandates that cover the notice and let an association of the asker act for its holder. */
  readonly mandates?: readonly ReliedMandate[]
}

/**
 * On which side of a notice the taker stands.
 *
 * @returns null if on none
 */
export function askerOf(taker: Taker, sides: Sides): Asker | null {
  if (taker.channel === 'system') return { party: 'system' }
  if (taker.channel === 'link') return { party: 'link', confirmed: taker.bearer.confirmed }
  const { id, role } = taker.organisation
  const { holderOrganisationId, filedByOrganisationId } = sides
  if (id === holderOrganisationId || id === filedByOrganisationId || mandateOf(taker, sides) !== null)
    return {
      party: 'holder',
      role,
      submitter: taker.personId === sides.submittedBy,
      ...(id === holderOrganisationId ? {} : { forMember: true }),
    }
  return id === sides.vendorOrganisationId ? { party: 'vendor', role } : null
}

/** The mandate by which the taker's association acts for the holder; null when nobody acts for another. */
export function mandateOf(taker: Taker, { holderOrganisationId, mandates = [] }: Sides): ReliedMandate | null {
  if (taker.channel !== 'portal' && taker.channel !== 'api') return null
  const { id } = taker.organisation
  if (id === holderOrganisationId) return null
  return mandates.find(({ associationId }) => associationId === id) ?? null
}

/** Whether the taker's association acts on a notice that it did not file, by its holder's mandate alone. */
export function actsByMandate(taker: Taker, sides: Sides): boolean {
  const mandate = mandateOf(taker, sides)
  return mandate !== null && mandate.associationId !== sides.filedByOrganisationId
}

/** The facts about the person who acts, kept beside the chain and erasable; none for the portal itself. */
export function personFactsOf(taker: Taker): Readonly<Record<string, Canonical>> | null {
  if (taker.channel === 'system') return null
  if (taker.channel !== 'link') {
    const { name, email, organisation } = taker
    return { name, address: email, role: organisation.role, organisation: organisation.name }
  }
  const { name, role, networkAddress } = taker.bearer
  return {
    address: taker.link.address,
    ...(name ? { name } : {}),
    ...(role ? { role } : {}),
    ...(networkAddress ? { networkAddress } : {}),
  }
}
