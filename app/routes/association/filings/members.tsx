import { data, redirect } from 'react-router'
import { readMembers } from '#app/associations/collective-form.ts'
import { CollectiveHead } from '#app/associations/collective-steps.tsx'
import { findChoosable } from '#app/associations/find-choosable.server.ts'
import { MembersTable } from '#app/associations/members-table.tsx'
import { discardCollective, saveMembers } from '#app/associations/save-collective.server.ts'
import { SavedNote } from '#app/associations/saved-note.tsx'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/members.ts'
import { notFound, openDraft } from './door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.collective_step_members())

export async function loader(args: Route.LoaderArgs) {
  const { member, record } = await openDraft(args)
  const { id, reference, revision } = record
  return { reference, revision, members: await findChoosable(member, id) }
}

export async function action(args: Route.ActionArgs) {
  const { member, record } = await openDraft(args)
  const fields = await args.request.formData()
  if (fields.get('intent') === 'discard') {
    await discardCollective({ member, reference: record.reference })
    return redirect('/association/filings', 303)
  }
  const form = readMembers(fields, await findChoosable(member, record.id))
  if (form === null) throw data(null, { status: 400 })
  const { revision, choices, intent, unmatched } = form
  const saved = await saveMembers({ member, reference: record.reference, revision, choices })
  if (!saved.saved) {
    if (saved.because === 'gone') throw notFound()
    return data({ refused: saved.because, unmatched }, { status: 409 })
  }
  if (unmatched.length > 0) return data({ refused: null, unmatched }, { status: 400 })
  const step = intent === 'continue' ? 'words' : 'members'
  return redirect(`/association/filings/${record.reference}/${step}`, 303)
}

/** For which members, and which of their works. */
export default function Members({ loaderData, actionData }: Route.ComponentProps) {
  const { reference, revision, members } = loaderData
  const chosen = members.filter(({ chosen: choice }) => choice !== null).length
  const unmatched = actionData?.unmatched ?? []
  return (
    <>
      <CollectiveHead reference={reference} step="members" />
      <SavedNote because={actionData?.refused ?? null} />
      {unmatched.length > 0 && (
        <Note tone="question" status>
          <p>{m.collective_unmatched({ n: unmatched.length, count: formatNumber(unmatched.length) })}</p>
          <p className="pre">{unmatched.slice(0, 50).join('\n')}</p>
        </Note>
      )}
      {members.length === 0 ? (
        <Empty>{m.collective_no_members()}</Empty>
      ) : (
        <form method="post" className="fs">
          <input type="hidden" name="revision" value={revision} />
          <p>{m.collective_members_lead({ chosen: formatNumber(chosen), count: formatNumber(members.length) })}</p>
          <div className="bs">
            <Button name="intent" value="all">
              {m.collective_all()}
            </Button>
            <Button name="intent" value="none">
              {m.collective_nobody()}
            </Button>
          </div>
          <Details summary={m.collective_list()}>
            <TextField
              field={{ id: 'list', name: 'list', initialValue: unmatched.join('\n') }}
              label={m.collective_list_label()}
              help={m.collective_list_help()}
            />
            <div className="bs gap">
              <Button name="intent" value="list">
                {m.collective_list_act()}
              </Button>
            </div>
          </Details>
          <MembersTable members={members} />
          <div className="bs">
            <Button look="risk" name="intent" value="discard">
              {m.collective_discard()}
            </Button>
            <Button name="intent" value="save">
              {m.filing_save()}
            </Button>
            <Button look="go" name="intent" value="continue">
              {m.collective_continue_words()}
            </Button>
          </div>
        </form>
      )}
    </>
  )
}
