import { parseWithZod } from '@conform-to/zod/v4'
import { z } from 'zod'
import { changeRole } from '#app/accounts/change-role.server.ts'
import { inviteForm, invitationForm, roleForm } from '#app/accounts/forms.ts'
import { invitePerson } from '#app/accounts/invite-person.server.ts'
import { revokeInvitation } from '#app/accounts/revoke-invitation.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { findTeam, ownersOf } from '#app/accounts/team.server.ts'
import { InvitationsTable, InviteForm, PeopleTable } from '#app/accounts/team-view.tsx'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/team.ts'
import { formAgain, goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.accounts_team_title())

const done = {
  invited: () => m.accounts_team_done_invited(),
  revoked: () => m.accounts_team_done_revoked(),
  role: () => m.accounts_team_done_role(),
  removed: () => m.accounts_team_done_removed(),
} as const satisfies Record<string, () => string>

const refused = {
  'not-an-owner': () => m.accounts_team_refused_owner(),
  'last-owner': () => m.accounts_team_refused_last(),
  'no-such-member': () => m.accounts_team_refused_gone(),
} as const satisfies Record<string, () => string>

export async function loader({ request, context }: Route.LoaderArgs) {
  const member = requireMember(context)
  const team = await findTeam(member)
  const { searchParams } = new URL(request.url)
  return {
    ...team,
    owners: ownersOf(team.people),
    mayManage: mayDo(member.organisation.role, 'manage-people'),
    organisation: nameIn(member.locale, member.organisation.name, member.organisation.nameOther),
    personId: member.personId,
    timeZone: member.timeZone,
    done: searchParams.get('done'),
    refused: searchParams.get('refused'),
  }
}

const acts = z.object({ act: z.enum(['invite', 'role', 'revoke']) })

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context)
  const form = await request.formData()
  const chosen = acts.safeParse(Object.fromEntries(form))
  if (!chosen.success) throw new Response(null, { status: 400 })
  return answers[chosen.data.act](member, form)
}

const answers = {
  async invite(member: Member, form: FormData) {
    const submission = parseWithZod(form, { schema: inviteForm })
    if (submission.status !== 'success') return formAgain(submission)
    const verdict = await invitePerson({ member, ...submission.value })
    if (verdict.allowed) return goOn('/team?done=invited')
    if (verdict.because === 'not-an-owner') return goOn('/team?refused=not-an-owner')
    if (verdict.because === 'too-many') return formAgain(submission, { formErrors: [m.accounts_too_many_hour()] }, 429)
    return formAgain(submission, { fieldErrors: { email: [m.accounts_error_already_member()] } }, 409)
  },
  async role(member: Member, form: FormData) {
    const submission = parseWithZod(form, { schema: roleForm })
    if (submission.status !== 'success') throw new Response(null, { status: 400 })
    const verdict = await changeRole({ member, ...submission.value })
    return goOn(verdict.allowed ? '/team?done=role' : `/team?refused=${verdict.because}`)
  },
  async revoke(member: Member, form: FormData) {
    const submission = parseWithZod(form, { schema: invitationForm })
    if (submission.status !== 'success') throw new Response(null, { status: 400 })
    const { revoked } = await revokeInvitation({ member, ...submission.value })
    return goOn(revoked ? '/team?done=revoked' : '/team')
  },
} as const

/** Who is in the organisation, and for its owners: roles and invitations. */
export default function Team({ loaderData, actionData }: Route.ComponentProps) {
  const { people, invitations, owners, mayManage, organisation, personId, timeZone } = loaderData
  const status = Object.entries(done).find(([key]) => key === loaderData.done && !actionData)?.[1]
  const refusal = Object.entries(refused).find(([key]) => key === loaderData.refused && !actionData)?.[1]
  return (
    <>
      <PageHead title={m.accounts_team_title()}>{m.accounts_team_lead({ organisation })}</PageHead>
      <div className="stack">
        {(status ?? refusal) && (
          <Note tone={status ? 'agreed' : 'question'} status>
            <p>{(status ?? refusal)?.()}</p>
          </Note>
        )}
        <Section id="people" title={m.accounts_team_people()}>
          <PeopleTable people={people} mayManage={mayManage} personId={personId} timeZone={timeZone} />
          {!mayManage && <p className="gap cap">{m.accounts_team_ask_owner({ owners: owners.join(', ') })}</p>}
        </Section>
        {mayManage && (
          <>
            <Section id="invitations" title={m.accounts_team_invitations()}>
              <InvitationsTable invitations={invitations} timeZone={timeZone} />
            </Section>
            <Section id="invite" title={m.accounts_team_invite_title()}>
              <InviteForm result={actionData?.result} />
            </Section>
          </>
        )}
      </div>
    </>
  )
}
