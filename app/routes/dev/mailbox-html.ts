import { hasMailboxPage, openBoxedMail } from '#app/platform/read-mailbox.server.ts'
import type { Route } from './+types/mailbox-html.ts'

/** The HTML part of a mail, for the frame of its page: its own styles, no script, no network. */
export async function loader({ params }: Route.LoaderArgs): Promise<Response> {
  const mail = hasMailboxPage() ? await openBoxedMail(params.name) : null
  if (mail?.html == null) throw new Response(null, { status: 404 })
  // Links leave the frame, which no page of ours may stand in.
  return new Response(mail.html.replace(/<head[^>]*>/i, '$&<base target="_blank"/>'), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'`,
      'X-Frame-Options': 'SAMEORIGIN',
    },
  })
}
