import { data, redirect } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { findChoosable, readChosen } from '#app/evidence/choose-pieces.server.ts'
import { ChoosePieces, sharingWords } from '#app/evidence/choose-pieces.tsx'
import type { Travel } from '#app/evidence/sharing.ts'
import { m } from '#app/generated/messages/messages.js'
import { addEvidence, type EvidenceAdded } from '#app/notices/add-evidence.server.ts'
import { findEvidenceChoice, type EvidenceChoice } from '#app/notices/find-evidence-choice.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { asMember } from '#app/notices/taker.server.ts'
import { newId } from '#app/platform/id.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/notice.ts'
import { requireKeeper } from './doors.server.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(`${m.evidence_add_to_notice()} ${params.reference}`)

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = requireKeeper(context)
  const choice = await choiceOf(member, params.reference)
  if (!mayDo(member.organisation.role, 'file-notices')) throw new Response(null, { status: 403 })
  const { searchParams } = new URL(request.url)
  const search = (searchParams.get('q') ?? '').trim().slice(0, 200)
  const added = z.uuid().nullable().catch(null).parse(searchParams.get('added'))
  const inHand = [...choice.kept, ...(added === null ? [] : [added])]
  return { choice, pieces: await findChoosable(member, { inHand, search }), search, added, key: newId() }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireKeeper(context)
  const { noticeId, reference } = await choiceOf(member, params.reference)
  const { chosen, originalsConfirmed } = readChosen(await request.formData())
  const result = await asMember(member, (tx, taker) => {
    if (taker.channel !== 'portal') throw new Error('A member came by another door than the portal')
    return addEvidence(tx, { taker, noticeId, chosen, originalsConfirmed })
  })
  if (result.added) return redirect(`/notices/${reference}#evidence`, 303)
  const status = result.because === 'refused' ? 409 : 400
  return data({ error: faultOf(result, member), again: [...chosen] }, status)
}

async function choiceOf(member: Member, typed: string): Promise<EvidenceChoice> {
  const reference = parseReference(typed)?.reference
  const choice = reference === undefined ? null : await findEvidenceChoice(member, reference)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (choice === null) throw new Response(null, { status: 404 })
  return choice
}

function faultOf(result: Extract<EvidenceAdded, { added: false }>, { timeZone }: Member): string {
  if (result.because === 'refused') return explainUntaken('evidence.added', result.untaken, timeZone)
  return result.because === 'nothing' ? m.evidence_choose_nothing() : sharingWords[result.because]()
}

/** Adds evidence to a notice that was submitted: for the own side, or for the vendor to read. */
export default function AddEvidence({ loaderData, actionData }: Route.ComponentProps) {
  const { choice, pieces, search, added, key } = loaderData
  const { reference, vendor, kept, shared } = choice
  const page = `/notices/${reference}`
  const now = [...kept, ...(added === null ? [] : [added])].map((id): [string, Travel] => [id, 'kept'])
  return (
    <>
      <PageHead
        title={m.evidence_add_to_notice()}
        crumbs={[
          { label: m.notices_list_title(), href: '/notices' },
          { label: <span className="ref">{reference}</span>, href: page },
          { label: m.evidence_title() },
        ]}
      >
        {m.evidence_add_lead({ vendor })}
      </PageHead>
      <ChoosePieces
        pieces={pieces}
        chosen={new Map(actionData?.again ?? now)}
        fixed={new Set(shared)}
        search={search}
        here={`${page}/evidence`}
        back={{ href: page, label: m.evidence_back_notice() }}
        error={actionData?.error ?? null}
        save={m.evidence_add_save()}
        formKey={key}
      />
    </>
  )
}
