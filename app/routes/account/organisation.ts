import { parseWithZod } from '@conform-to/zod/v4'
import { chooseOrganisationForm, safePath } from '#app/accounts/forms.ts'
import { organisationCookie, requireViewer } from '#app/accounts/viewer.server.ts'
import type { Route } from './+types/organisation.ts'
import { goOn, rememberChoice } from './answers.ts'

/** There is no page here: the switcher in the bar posts to it. */
export function loader(): never {
  throw new Response(null, { status: 404 })
}

/** Chooses the organisation a person acts for, out of their own. */
export async function action({ request, context }: Route.ActionArgs) {
  const { memberships } = requireViewer(context)
  const submission = parseWithZod(await request.formData(), { schema: chooseOrganisationForm })
  if (submission.status !== 'success') throw new Response(null, { status: 400 })
  const { organisationId, next } = submission.value
  if (!memberships.some(({ id }) => id === organisationId)) throw new Response(null, { status: 404 })
  return goOn(safePath(next, '/home'), [rememberChoice(organisationCookie, organisationId)])
}
