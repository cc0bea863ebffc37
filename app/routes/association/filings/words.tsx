import { data, redirect } from 'react-router'
import type { Member } from '#app/accounts/viewer.server.ts'
import { readWords, withWords } from '#app/associations/collective-form.ts'
import { CollectiveHead } from '#app/associations/collective-steps.tsx'
import { saveContent } from '#app/associations/save-collective.server.ts'
import { SavedNote } from '#app/associations/saved-note.tsx'
import { WordsFields } from '#app/associations/words-fields.tsx'
import { m } from '#app/generated/messages/messages.js'
import { withPerson } from '#app/platform/db.server.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { ChecksField } from '#app/ui/choices.tsx'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { whyNoContact } from '#app/vendors/contact.ts'
import { findVendors } from '#app/vendors/find-vendors.server.ts'
import { whatToDo } from '#app/vendors/wording.ts'
import type { Route } from './+types/words.ts'
import { notFound, openDraft } from './door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.collective_step_words())

// The directory is some dozens of entries long; who files for many members writes to many of them.
const most = 500

export async function loader(args: Route.LoaderArgs) {
  const { member, record } = await openDraft(args)
  const { reference, revision, content } = record
  return { reference, revision, content, vendors: await vendorsFor(member), timeZone: member.organisation.timeZone }
}

async function vendorsFor(member: Member) {
  const filter = { search: '', contact: 'any' } as const
  const { vendors } = await withPerson(member.personId, (tx) =>
    findVendors(tx, { filter, after: null, most, organisationId: member.organisation.id }),
  )
  return vendors.map(({ id, name, nameOther, contacts }) => ({
    id,
    name: nameIn(member.locale, name, nameOther),
    fault: whyNoContact(contacts, 'exclusion'),
  }))
}

export async function action(args: Route.ActionArgs) {
  const { member, record } = await openDraft(args)
  const parsed = readWords(await args.request.formData())
  if (!parsed.success) return data({ refused: null, unread: true }, { status: 400 })
  const { revision, intent } = parsed.data
  const { reference } = record
  const saved = await saveContent({
    member,
    reference,
    revision,
    content: (before) => withWords(before, parsed.data),
  })
  if (!saved.saved) {
    if (saved.because === 'gone') throw notFound()
    return data({ refused: saved.because, unread: false }, { status: 409 })
  }
  return redirect(`/association/filings/${reference}/${intent === 'continue' ? 'check' : 'words'}`, 303)
}

/** To whom, what is asked, in which words. */
export default function Words({ loaderData, actionData }: Route.ComponentProps) {
  const { reference, revision, content, vendors, timeZone } = loaderData
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
        <section id="vendors">
          <ChecksField
            field={{ id: 'vendor', name: 'vendor', initialValue: [...content.filing.vendorIds] }}
            label={m.collective_vendors()}
            help={m.collective_vendors_help()}
            heading
            look="columns"
            choices={vendors.map(({ id, name, fault }) => ({
              value: id,
              label: name,
              ...(fault !== null && { help: whatToDo(fault) }),
            }))}
          />
        </section>
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
