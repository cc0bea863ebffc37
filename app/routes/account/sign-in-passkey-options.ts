import { askForPasskey } from '#app/platform/passkeys.server.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'
import type { Route } from './+types/sign-in-passkey-options.ts'
import { clientOf, goOn } from './answers.ts'
import { questionAnswer } from './passkey-question.ts'

/** Somebody followed the address: signing in begins on its own page. */
export function loader(): Response {
  return goOn('/sign-in')
}

/** The question that a browser puts to a passkey. Nobody is named, so it tells nothing about anybody. */
export async function action({ context }: Route.ActionArgs): Promise<Response> {
  const counted = await countTry('sign-in client', clientOf(context))
  return counted.allowed ? questionAnswer(await askForPasskey()) : new Response(null, { status: 429 })
}
