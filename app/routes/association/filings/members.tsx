import { data, redirect } from 'react-router'
import { isFoundBy, readMembers, withChoices } from '#app/associations/collective-form.ts'
import { CollectiveHead } from '#app/associations/collective-steps.tsx'
import { findChoosable, type ChoosableMember } from '#app/associations/find-choosable.server.ts'
import { MemberSearch, PickedMembers } from '#app/associations/member-picker.tsx'
import { discardCollective, saveMembers } from '#app/associations/save-collective.server.ts'
import { SavedNote } from '#app/associations/saved-note.tsx'
import { m } from '#app/generated/messages/messages.js'
import { StepButtons } from '#app/notices/step-buttons.tsx'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/members.ts'
import { notFound, openDraft, searchOf, searched } from './door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.collective_step_members())

// What is not among the first is found by its name, named by a list, or chosen with all.
const most = 50

export async function loader(args: Route.LoaderArgs) {
  const { member, record } = await openDraft(args)
  const { id, reference, revision } = record
  return { reference, revision, shown: parted(await findChoosable(member, id), searchOf(args.request.url)) }
}

// The chosen ones first, and the first of the others that are found.
function parted(members: readonly ChoosableMember[], search: string) {
  const others = members.filter((each) => each.chosen === null && isFoundBy(search, each))
  return {
    search,
    chosen: members.filter(({ chosen }) => chosen !== null),
    others: others.slice(0, most),
    found: others.length,
    count: members.length,
  }
}

export async function action(args: Route.ActionArgs) {
  const { member, record } = await openDraft(args)
  const fields = await args.request.formData()
  if (fields.get('intent') === 'discard') {
    await discardCollective({ member, reference: record.reference })
    return redirect('/association/filings', 303)
  }
  const choosable = await findChoosable(member, record.id)
  const form = readMembers(fields, choosable)
  if (form === null) throw data(null, { status: 400 })
  const { revision, choices, intent, unmatched, q } = form
  const saved = await saveMembers({ member, reference: record.reference, revision, choices })
  if (!saved.saved && saved.because === 'gone') throw notFound()
  const shown = parted(withChoices(choosable, choices), q)
  if (!saved.saved) return data({ refused: saved.because, unmatched, shown }, { status: 409 })
  if (unmatched.length > 0) return data({ refused: null, unmatched, shown }, { status: 400 })
  const step = intent === 'continue' ? 'words' : `members${searched(q)}`
  return redirect(`/association/filings/${record.reference}/${step}`, 303)
}

/** For which members, and which of their works. */
export default function Members({ loaderData, actionData }: Route.ComponentProps) {
  const { reference, revision } = loaderData
  const { search, chosen, others, found, count } = actionData?.shown ?? loaderData.shown
  const unmatched = actionData?.unmatched ?? []
  return (
    <>
      <CollectiveHead reference={reference} step="members" />
      <SavedNote because={actionData?.refused ?? null} />
      {unmatched.length > 0 && (
        <Note tone="question" status>
          <p>{m.collective_unmatched({ n: unmatched.length, count: formatNumber(unmatched.length) })}</p>
          <p className="typed">{unmatched.slice(0, 50).join('\n')}</p>
        </Note>
      )}
      {count === 0 ? (
        <Empty>{m.collective_no_members()}</Empty>
      ) : (
        <form method="post" className="fs">
          <input type="hidden" name="revision" value={revision} />
          <p>{m.collective_members_lead({ chosen: formatNumber(chosen.length), count: formatNumber(count) })}</p>
          <MemberSearch search={search} />
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
          <PickedMembers chosen={chosen} others={others} found={found} />
          <StepButtons
            back={
              <Button look="risk" name="intent" value="discard">
                {m.collective_discard()}
              </Button>
            }
            next={m.collective_continue_words()}
          />
        </form>
      )}
    </>
  )
}
