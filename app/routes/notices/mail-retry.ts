import { redirect } from 'react-router'
import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { resendMail } from '#app/notices/resend-mail.server.ts'
import type { Route } from './+types/mail-retry.ts'

/** `POST /mails/:id/retry`: a mail that finally failed goes out once more; nothing is told about mails of others. */
export async function action({ context, params }: Route.ActionArgs): Promise<Response> {
  const member = requireMember(context, ['rights_holder'])
  const id = z.uuid().safeParse(params.id)
  const resent = id.success ? await resendMail({ member, mailId: id.data }) : null
  if (resent?.allowed !== true) throw new Response(null, { status: resent?.because === 'not-failed' ? 409 : 404 })
  return redirect(`/notices/${resent.reference}?done=mail.resent`, 303)
}

/** There is nothing to read here. */
export function loader(): never {
  throw new Response(null, { status: 404 })
}
