import { chooseKept } from '#app/notices/keep-choices.server.ts'
import type { Route } from './+types/kept.ts'
import { draftIdOf, goTo, openDraft, requireFiler } from './draft-door.ts'

/** `POST /filings/:draftId/kept`: of two versions of a step one is used, or the kept one thrown away. */
export async function action({ context, params, request }: Route.ActionArgs): Promise<Response> {
  const form = await request.formData()
  const member = requireFiler(context)
  const draftId = draftIdOf(params)
  const step = form.get('step')
  const chosen = await chooseKept({
    member,
    draftId,
    step: typeof step === 'string' ? step : '',
    use: form.get('intent') === 'use',
  })
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (chosen.step === null) throw new Response(null, { status: 404 })
  return goTo(`/filings/${draftId}/${chosen.step}`)
}

/** Whoever comes back here finds the draft. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { preview } = await openDraft(args)
  return goTo(`/filings/${preview.draft.id}/check`)
}
