import { redirect } from 'react-router'
import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findNoticeOfMail, resendMail } from '#app/notices/resend-mail.server.ts'
import type { Route } from './+types/mail-retry.ts'

/** `POST /mails/:id/retry`: a mail that finally failed goes out once more; nothing is told about mails of others. */
export async function action({ context, params }: Route.ActionArgs): Promise<Response> {
  const member = requireMember(context, ['rights_holder'])
  const resent = await resendMail({ member, mailId: idIn(params.id) })
  if (!resent.allowed) throw new Response(null, { status: resent.because === 'not-failed' ? 409 : 404 })
  return redirect(`/notices/${resent.reference}?done=mail.resent`, 303)
}

/** Whoever comes back here finds the notice that the mail is about. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const member = requireMember(context, ['rights_holder'])
  const reference = await findNoticeOfMail({ member, mailId: idIn(params.id) })
  if (reference === null) throw new Response(null, { status: 404 })
  return redirect(`/notices/${reference}`, 303)
}

function idIn(text: string): string {
  const id = z.uuid().safeParse(text)
  if (!id.success) throw new Response(null, { status: 404 })
  return id.data
}
