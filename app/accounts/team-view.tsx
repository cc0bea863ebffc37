import { useForm, type SubmissionResult } from '@conform-to/react'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { RadioField } from '#app/ui/choices.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Details } from '#app/ui/details.tsx'
import { InputField, SelectField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { languageOf } from '#app/ui/language-of.ts'
import { DateOf, Moment } from '#app/ui/when.tsx'
import { PostForm } from './post-form.tsx'
import { roleHelp, roleWords } from './account-words.ts'
import { invitationHours } from './invitation.ts'
import { roles, type Role } from './roles.ts'

type Person = { personId: string; name: string; nameOther: string | null; email: string; role: Role; since: Date }
type Invitation = { id: string; email: string; role: Role; inviter: string; expiresAt: Date; open: boolean }
type PeopleProps = { people: readonly Person[]; mayManage: boolean; personId: string; timeZone: string }

/** The members, with what an owner may do to each. */
export function PeopleTable({ people, ...props }: PeopleProps) {
  return (
    <DataTable
      caption={m.accounts_team_people()}
      columns={peopleColumns(props)}
      rows={people}
      rowKey={(row) => row.personId}
    />
  )
}

function peopleColumns({ mayManage, personId, timeZone }: Omit<PeopleProps, 'people'>): Column<Person>[] {
  return [
    {
      key: 'name',
      head: m.accounts_team_name(),
      kind: 'row',
      cell: (row) => <Name person={row} you={row.personId === personId} />,
    },
    { key: 'role', head: m.accounts_role(), cell: ({ role }) => roleWords[role]() },
    { key: 'since', head: m.accounts_team_since(), cell: ({ since }) => <DateOf at={since} timeZone={timeZone} /> },
    {
      key: 'acts',
      head: m.accounts_team_acts(),
      cell: (row) => <Acts person={row} mayManage={mayManage} you={row.personId === personId} />,
    },
  ]
}

function Name({ person: { name, nameOther, email }, you }: { person: Person; you: boolean }) {
  return (
    <>
      <span lang={languageOf(name)}>{name}</span>
      {nameOther !== null && <span lang={languageOf(nameOther)}> {nameOther}</span>}
      {you && <span className="faint"> ({m.accounts_team_you()})</span>}
      <span className="t-id">{email}</span>
    </>
  )
}

function Acts({ person, mayManage, you }: { person: Person; mayManage: boolean; you: boolean }) {
  const { personId, name, role } = person
  if (!mayManage && !you) return null
  return (
    <div className="choices">
      {mayManage && (
        <Details summary={m.accounts_team_change()} group="role">
          <form method="post" className="fs">
            <input type="hidden" name="act" value="role" />
            <input type="hidden" name="personId" value={personId} />
            <SelectField
              field={{ id: `role-${personId}`, name: 'role', initialValue: role }}
              label={m.accounts_team_change_of({ name })}
              options={roles.map((value) => ({ value, label: roleWords[value]() }))}
            />
            <div>
              <Button>{m.accounts_team_save_role()}</Button>
            </div>
          </form>
        </Details>
      )}
      <a href={`/team/${personId}/remove`}>{you ? m.accounts_team_leave() : m.accounts_team_remove()}</a>
    </div>
  )
}

/** Invitations without an answer, each with the one act. */
export function InvitationsTable({ invitations, timeZone }: { invitations: readonly Invitation[]; timeZone: string }) {
  if (invitations.length === 0) return <p className="muted">{m.accounts_team_no_invitations()}</p>
  return (
    <DataTable
      caption={m.accounts_team_invitations()}
      columns={invitationColumns(timeZone)}
      rows={invitations}
      rowKey={(row) => row.id}
    />
  )
}

function invitationColumns(timeZone: string): Column<Invitation>[] {
  return [
    { key: 'email', head: m.accounts_email(), kind: 'row', cell: ({ email }) => email },
    { key: 'role', head: m.accounts_role(), cell: ({ role }) => roleWords[role]() },
    { key: 'inviter', head: m.accounts_team_invited_by(), cell: ({ inviter }) => inviter },
    {
      key: 'until',
      head: m.accounts_team_good_until(),
      cell: ({ expiresAt, open }) => (open ? <Moment at={expiresAt} timeZone={timeZone} /> : m.accounts_team_expired()),
    },
    { key: 'acts', head: m.accounts_team_acts(), cell: ({ id, email }) => <Revoke id={id} email={email} /> },
  ]
}

function Revoke({ id, email }: { id: string; email: string }) {
  return (
    <form method="post">
      <input type="hidden" name="act" value="revoke" />
      <input type="hidden" name="invitationId" value={id} />
      <button type="submit" className="b bare" aria-label={m.accounts_team_revoke_of({ email })}>
        {m.accounts_team_revoke()}
      </button>
    </form>
  )
}

/** Inviting somebody by mail. */
export function InviteForm({ result }: { result: SubmissionResult | undefined }) {
  const [form, fields] = useForm<{ email: string; role: string }>({
    id: 'invite',
    lastResult: result,
    defaultValue: { role: 'editor' },
  })
  return (
    <PostForm form={form}>
      <input type="hidden" name="act" value="invite" />
      <InputField
        field={fields.email}
        label={m.accounts_email()}
        help={m.accounts_team_invite_help({ hours: formatNumber(invitationHours) })}
        type="email"
        autoComplete="off"
      />
      <RadioField
        field={fields.role}
        label={m.accounts_role()}
        choices={roles.map((value) => ({ value, label: roleWords[value](), help: roleHelp[value]() }))}
      />
      <div>
        <Button look="go">{m.accounts_team_invite_act()}</Button>
      </div>
    </PostForm>
  )
}
