import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findInboundMail } from '#app/mail/find-inbound-mail.server.ts'
import type { Route } from './+types/inbound-eml.ts'

/** A mail that came for a notice, as it came: a file to keep, never a page. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { personId } = requireMember(context, ['rights_holder'])
  const id = z.uuid().safeParse(params.id)
  const mail = id.success ? await findInboundMail(personId, id.data) : null
  if (mail === null) throw new Response(null, { status: 404 })
  return new Response(Uint8Array.from(mail.bytes), {
    headers: {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${mail.sha256.slice(0, 12)}.eml"`,
      'X-SHA-256': mail.sha256,
    },
  })
}
