import { readRecoveryCodes } from '#app/accounts/recovery-cookie.server.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import type { Route } from './+types/recovery-codes-file.ts'

/** The recovery codes as a text file, as long as their page shows them. */
export function loader({ request, context }: Route.LoaderArgs): Response {
  const { personId, email } = requireMember(context)
  const codes = readRecoveryCodes(request.headers, personId)
  if (codes === undefined) return new Response(null, { status: 404 })
  const lines = [m.security_recovery_file({ email }), '', ...codes, '', m.security_recovery_file_once(), '']
  return new Response(lines.join('\r\n'), {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': 'attachment; filename="caveat-recovery-codes.txt"',
    },
  })
}
