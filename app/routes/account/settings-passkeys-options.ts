import { requireFreshViewer, requireMember } from '#app/accounts/viewer.server.ts'
import { askForNewPasskey } from '#app/platform/passkeys.server.ts'
import type { Route } from './+types/settings-passkeys-options.ts'
import { goOn } from './answers.ts'
import { questionAnswer } from './passkey-question.ts'

/** Somebody came back here from signing in once more: passkeys are added on their own page. */
export function loader({ context }: Route.LoaderArgs): Response {
  requireMember(context)
  return goOn('/settings/passkeys')
}

/** The question by which a browser makes a passkey, for somebody who has just signed in. */
export async function action({ request, context }: Route.ActionArgs): Promise<Response> {
  requireFreshViewer(context)
  const question = await askForNewPasskey(request.headers)
  return question === undefined ? new Response(null, { status: 403 }) : questionAnswer(question)
}
