import { data, redirect } from 'react-router'
import type { Member } from '#app/accounts/viewer.server.ts'
import { readWords, withWords } from '#app/associations/collective-form.ts'
import type { CollectiveContent } from '#app/associations/collective.ts'
import { CollectiveHead } from '#app/associations/collective-steps.tsx'
import { saveContent } from '#app/associations/save-collective.server.ts'
import { SavedNote } from '#app/associations/saved-note.tsx'
import { WordsFields } from '#app/associations/words-fields.tsx'
import { m } from '#app/generated/messages/messages.js'
import { mostVendors } from '#app/notices/filing-draft.ts'
import { getParties } from '#app/notices/filing-facts.server.ts'
import { VendorPicker } from '#app/notices/filing-vendors-form.tsx'
import { StepButtons } from '#app/notices/step-buttons.tsx'
import { withPerson } from '#app/platform/db.server.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { findVendors, offerVendors } from '#app/vendors/find-vendors.server.ts'
import type { Route } from './+types/words.ts'
import { notFound, openDraft, searchOf, searched } from './door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.collective_step_words())

// Who files for many members writes to many vendors: what is not in the first of them is found by its name, or chosen with all.
const most = 15

export async function loader(args: Route.LoaderArgs) {
  const { member, record } = await openDraft(args)
  const { reference, revision, content } = record
  const picked = await pickVendors(member, content, searchOf(args.request.url))
  return { reference, revision, timeZone: member.organisation.timeZone, shown: { content, ...picked } }
}

// The chosen ones first, and the first of the others that are found.
function pickVendors(member: Member, { filing }: CollectiveContent, search: string) {
  return withPerson(member.personId, async (tx) => {
    const { id: organisationId } = member.organisation
    const { vendors: chosen } = await getParties(tx, organisationId, filing)
    const { vendors, found } = await offerVendors(tx, {
      search,
      kind: filing.kind ?? 'exclusion',
      chosen: chosen.map(({ id }) => id),
      most,
      organisationId,
    })
    return { chosen, choice: { search, found: vendors, count: found } }
  })
}

export async function action(args: Route.ActionArgs) {
  const { member, record } = await openDraft(args)
  const { reference } = record
  const { form, typed } = readWords(await args.request.formData())
  const added = typed.intent === 'all' ? await allFound(member, typed.q) : []
  const vendor = [...new Set([...typed.vendor, ...added])]
  const again = async (words: { because: Unsaved | null; fault: string | null }, status: number) => {
    const content = withWords(record.content, typed)
    return data({ ...words, shown: { content, ...(await pickVendors(member, content, typed.q)) } }, status)
  }
  if (vendor.length > mostVendors)
    return again({ because: null, fault: m.filing_error_vendors({ most: String(mostVendors) }) }, 400)
  if (form === null) return again({ because: null, fault: m.collective_unread() }, 400)
  const { revision, intent, q } = form
  const content = (before: CollectiveContent) => withWords(before, { ...form, vendor })
  const saved = await saveContent({ member, reference, revision, content })
  if (!saved.saved) {
    if (saved.because === 'gone') throw notFound()
    return again({ because: saved.because, fault: null }, 409)
  }
  const next = intent === 'continue' ? 'check' : `words${searched(q)}`
  return redirect(`/association/filings/${reference}/${next}`, 303)
}

type Unsaved = Parameters<typeof SavedNote>[0]['because']

async function allFound(member: Member, search: string): Promise<readonly string[]> {
  const filter = { search, contact: 'any' } as const
  const { vendors } = await withPerson(member.personId, (tx) =>
    findVendors(tx, { filter, after: null, most: mostVendors + 1, organisationId: member.organisation.id }),
  )
  return vendors.map(({ id }) => id)
}

/** To whom, what is asked, in which words. */
export default function Words({ loaderData, actionData }: Route.ComponentProps) {
  const { reference, revision, timeZone } = loaderData
  const { content, chosen, choice } = actionData?.shown ?? loaderData.shown
  return (
    <>
      <CollectiveHead reference={reference} step="words" />
      <SavedNote because={actionData?.because ?? null} />
      {typeof actionData?.fault === 'string' && (
        <Note tone="late" status>
          <p>{actionData.fault}</p>
        </Note>
      )}
      <form method="post" className="stack">
        <input type="hidden" name="revision" value={revision} />
        <p>{m.collective_vendors_help()}</p>
        <VendorPicker
          chosen={chosen}
          choice={choice}
          kind={content.filing.kind ?? 'exclusion'}
          acts={
            <Button name="intent" value="all">
              {choice.search === '' ? m.collective_all() : m.collective_all_found()}
            </Button>
          }
        />
        <WordsFields content={content} timeZone={timeZone} />
        <StepButtons
          back={
            <LinkButton href={`/association/filings/${reference}/members`}>{m.collective_back_members()}</LinkButton>
          }
          next={m.collective_continue_check()}
        />
      </form>
    </>
  )
}
