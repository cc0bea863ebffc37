import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findServingMail } from '#app/associations/find-serving-mail.server.ts'
import { findSentMail } from '#app/mail/find-sent-mail.server.ts'
import type { Route } from './+types/mail-eml.ts'

/** A mail to a vendor as it was sent: a file to keep, never a page. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { personId } = requireMember(context, ['rights_holder', 'association'])
  const id = z.uuid().safeParse(params.id)
  const mail = id.success
    ? ((await findSentMail(personId, id.data)) ?? (await findServingMail(personId, id.data)))
    : null
  if (mail === null) throw new Response(null, { status: 404 })
  return new Response(Uint8Array.from(mail.bytes), {
    headers: {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${mail.sha256.slice(0, 12)}.eml"`,
      'X-SHA-256': mail.sha256,
    },
  })
}
