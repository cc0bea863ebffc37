import { data } from 'react-router'
import { removeMember } from '#app/accounts/remove-member.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { findTeam } from '#app/accounts/team.server.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/remove-member.ts'
import { goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.accounts_team_title())

export async function loader({ params: { personId }, context }: Route.LoaderArgs) {
  const member = requireMember(context)
  const { people } = await findTeam(member)
  const person = people.find((one) => one.personId === personId)
  const leaves = personId === member.personId
  if (!person || !(leaves || mayDo(member.organisation.role, 'manage-people')))
    throw new Response(null, { status: 404 })
  return {
    name: person.name,
    organisation: nameIn(member.locale, member.organisation.name, member.organisation.nameOther),
    leaves,
  }
}

export async function action({ params: { personId }, context }: Route.ActionArgs) {
  const member = requireMember(context)
  const verdict = await removeMember({ member, personId })
  if (verdict.allowed) return goOn(personId === member.personId ? '/home' : '/team?done=removed')
  if (verdict.because === 'no-such-member') throw new Response(null, { status: 404 })
  return data({ because: verdict.because }, { status: 409 })
}

/** What removing somebody means, before it is done. */
export default function RemoveMember({ loaderData, actionData }: Route.ComponentProps) {
  const { name, organisation, leaves } = loaderData
  return (
    <>
      <PageHead
        title={leaves ? m.accounts_leave_title({ organisation }) : m.accounts_remove_title({ name, organisation })}
        crumbs={[{ label: m.accounts_team_title(), href: '/team' }, { label: name }]}
      >
        {leaves ? m.accounts_leave_effect() : m.accounts_remove_effect({ name })}
      </PageHead>
      {actionData && (
        <div className="below">
          <Note tone="question" status>
            <p>
              {actionData.because === 'last-owner' ? m.accounts_team_refused_last() : m.accounts_team_refused_owner()}
            </p>
          </Note>
        </div>
      )}
      <form method="post" className="bs">
        <Button look="risk go">
          {leaves ? m.accounts_leave_act({ organisation }) : m.accounts_remove_act({ name })}
        </Button>
        <LinkButton href="/team">{m.accounts_keep()}</LinkButton>
      </form>
    </>
  )
}
