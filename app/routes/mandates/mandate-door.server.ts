import type { RouterContextProvider } from 'react-router'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { findMandate, type MandateView } from '#app/associations/find-mandate.server.ts'
import { sideOfPath, type MandateSide } from '#app/associations/mandate-paths.ts'
import { z } from 'zod'

type Context = Readonly<RouterContextProvider>

/** The member who asks, and the side that the address shows. */
export function requireSide(context: Context, url: string): { member: Member; side: MandateSide } {
  const side = sideOfPath(url)
  // An association can be a member of another one.
  const member = requireMember(context, side === 'association' ? ['association'] : ['rights_holder', 'association'])
  return { member, side }
}

/** The mandate of an address, for a member of the side that the address shows. */
export async function requireMandate(
  context: Context,
  { url, mandateId }: { url: string; mandateId: string },
): Promise<{ member: Member; side: MandateSide; mandate: MandateView }> {
  const { member, side } = requireSide(context, url)
  const id = z.uuid().safeParse(mandateId)
  const mandate = id.success ? await findMandate({ member, side, mandateId: id.data }) : null
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (mandate === null) throw new Response(null, { status: 404 })
  return { member, side, mandate }
}
