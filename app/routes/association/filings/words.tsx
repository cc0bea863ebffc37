import { data, redirect } from 'react-router'
import type { Member } from '#app/accounts/viewer.server.ts'
import { readWords, withWords } from '#app/associations/collective-form.ts'
import { CollectiveHead } from '#app/associations/collective-steps.tsx'
import { saveContent } from '#app/associations/save-collective.server.ts'
import { SavedNote } from '#app/associations/saved-note.tsx'
import { WordsFields } from '#app/associations/words-fields.tsx'
import { m } from '#app/generated/messages/messages.js'
import { mostVendors } from '#app/notices/filing-draft.ts'
import { getParties } from '#app/notices/filing-facts.server.ts'
import { VendorPicker } from '#app/notices/filing-vendors-form.tsx'
import { withPerson } from '#app/platform/db.server.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { findVendors } from '#app/vendors/find-vendors.server.ts'
import type { Route } from './+types/words.ts'
import { notFound, openDraft, searchOf, searched } from './door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.collective_step_words())

// Who files for many members writes to many vendors: what is not in the first of them is found by its name, or chosen with all.
const most = 15

export async function loader(args: Route.LoaderArgs) {
  const { member, record } = await openDraft(args)
  const { reference, revision, content } = record
  const search = searchOf(args.request.url)
  const { found, count, chosen } = await withPerson(member.personId, async (tx) => {
    const filter = { search, contact: 'any' } as const
    const { id: organisationId } = member.organisation
    const { vendors } = await getParties(tx, organisationId, content.filing)
    const others = await findVendors(tx, { filter, after: null, most: most + vendors.length, organisationId })
    const ids = new Set(vendors.map(({ id }) => id))
    const left = others.vendors.filter(({ id }) => !ids.has(id)).slice(0, most)
    return { found: left, count: others.found, chosen: vendors }
  })
  return {
    reference,
    revision,
    content,
    chosen,
    choice: { search, found, count },
    timeZone: member.organisation.timeZone,
  }
}

export async function action(args: Route.ActionArgs) {
  const { member, record } = await openDraft(args)
  const parsed = readWords(await args.request.formData())
  if (!parsed.success) return data({ refused: null, unread: true }, { status: 400 })
  const { revision, intent, q } = parsed.data
  const { reference } = record
  const added = intent === 'all' ? await allFound(member, q) : []
  const form = { ...parsed.data, vendor: [...new Set([...parsed.data.vendor, ...added])].slice(0, mostVendors) }
  const saved = await saveContent({ member, reference, revision, content: (before) => withWords(before, form) })
  if (!saved.saved) {
    if (saved.because === 'gone') throw notFound()
    return data({ refused: saved.because, unread: false }, { status: 409 })
  }
  const next = intent === 'continue' ? 'check' : `words${searched(q)}`
  return redirect(`/association/filings/${reference}/${next}`, 303)
}

async function allFound(member: Member, search: string): Promise<readonly string[]> {
  const filter = { search, contact: 'any' } as const
  const { vendors } = await withPerson(member.personId, (tx) =>
    findVendors(tx, { filter, after: null, most: mostVendors, organisationId: member.organisation.id }),
  )
  return vendors.map(({ id }) => id)
}

/** To whom, what is asked, in which words. */
export default function Words({ loaderData, actionData }: Route.ComponentProps) {
  const { reference, revision, content, chosen, choice, timeZone } = loaderData
  return (
    <>
      <CollectiveHead reference={reference} step="words" />
      <SavedNote because={actionData?.refused ?? null} />
      {actionData?.unread === true && (
        <Note tone="late" status>
          <p>{m.collective_unread()}</p>
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
        <div className="bs">
          <LinkButton href={`/association/filings/${reference}/members`}>{m.collective_back_members()}</LinkButton>
          <Button name="intent" value="save">
            {m.filing_save()}
          </Button>
          <Button look="go" name="intent" value="continue">
            {m.collective_continue_check()}
          </Button>
        </div>
      </form>
    </>
  )
}
