import { z } from 'zod'
import type { Prisma } from '#app/generated/prisma/client.ts'
import { linkToken, type Transaction } from '#app/platform/db.server.ts'
import { findActingMember } from './acting-member.server.ts'
import { asBearer, asMember, type ActingMember, type Bearer, type Taker } from './taker.server.ts'

/** Who sends a file of answers: a member of the vendor, or the bearer of a mail link who has typed its code. */
export type SheetSender =
  | { readonly by: 'member'; readonly member: ActingMember }
  | { readonly by: 'link'; readonly linkId: string; readonly bearer: Omit<Bearer, 'confirmed'> }

/** A link that closed, or a person who left, while a file was read. */
export class SenderGoneError extends Error {
  override name = 'SenderGoneError'
}

/**
 * Runs a part of the work on a file as its sender: each part is authorised anew.
 *
 * @throws SenderGoneError if the link no longer opens
 */
export async function asSender<T>(sender: SheetSender, act: (tx: Transaction, taker: Taker) => Promise<T>): Promise<T> {
  if (sender.by === 'member') return asMember(sender.member, act)
  const result = await asBearer(linkToken(sender.linkId), { ...sender.bearer, confirmed: true }, act)
  if (!result.open) throw new SenderGoneError(`The link ${sender.linkId} is ${result.because}`)
  return result.value
}

/** The columns that keep who sent a file. */
export function senderColumns(
  sender: SheetSender,
): Pick<Prisma.AnswerSheetCreateManyInput, 'organisationId' | 'requestedBy' | 'linkId' | 'bearer'> {
  if (sender.by === 'member')
    return { organisationId: sender.member.organisation.id, requestedBy: sender.member.personId }
  const { name, role, networkAddress } = sender.bearer
  return {
    linkId: sender.linkId,
    bearer: {
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
      ...(networkAddress === undefined ? {} : { networkAddress }),
    },
  }
}

const bearerSchema = z.object({
  name: z.string().optional(),
  role: z.string().optional(),
  networkAddress: z.string().optional(),
})

/** What a kept file says of its sender. */
export interface KeptSender {
  readonly organisationId: string | null
  readonly requestedBy: string | null
  readonly linkId: string | null
  readonly bearer: Prisma.JsonValue
}

/**
 * The sender of a file that was kept, for the job process.
 *
 * @returns null if the person is no longer a member of the organisation for which the file was sent
 */
export async function senderOf({
  organisationId,
  requestedBy,
  linkId,
  bearer,
}: KeptSender): Promise<SheetSender | null> {
  if (linkId !== null) return { by: 'link', linkId, bearer: bearerSchema.parse(bearer ?? {}) }
  if (requestedBy === null || organisationId === null) return null
  const member = await findActingMember(requestedBy, organisationId)
  return member === null ? null : { by: 'member', member }
}
