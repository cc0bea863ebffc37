import { data, redirect } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { m } from '#app/generated/messages/messages.js'
import { noteText } from '#app/notices/bulk/bulk-act.ts'
import { findOwnWords, writeNote } from '#app/notices/bulk/own-words.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { newId } from '#app/platform/id.ts'
import { Button } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { formatDateTime } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/notes.ts'
import { requireTable } from './act-door.server.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(`${m.bulk_notes_title()}: ${params.reference}`)

async function requireNotice({ context, params }: Pick<Route.LoaderArgs, 'context' | 'params'>) {
  const { member, table } = requireTable(context)
  const reference = parseReference(params.reference)?.reference
  const own = reference === undefined ? null : await findOwnWords(member, reference)
  if (reference === undefined || own === null) throw new Response(null, { status: 404 })
  return { member, table, reference, own }
}

export async function loader(args: Route.LoaderArgs) {
  const { member, table, reference, own } = await requireNotice(args)
  const { role, timeZone } = member.organisation
  return { table, reference, own, timeZone, mayWrite: mayDo(role, 'file-notices'), noteId: newId() }
}

export async function action(args: Route.ActionArgs) {
  const { member, reference } = await requireNotice(args)
  const form = Object.fromEntries(await args.request.formData())
  const read = z.object({ noteId: z.uuid(), text: noteText }).safeParse(form)
  if (!read.success) {
    const text = typeof form['text'] === 'string' ? form['text'] : ''
    return data({ fault: { text, because: read.error.issues[0]?.message ?? '' } }, 400)
  }
  const written = await writeNote(member, { id: read.data.noteId, reference, text: read.data.text })
  if (!written) throw data(null, { status: 403 })
  return redirect(`/notices/${reference}/notes`, 303)
}

/** What an organisation keeps about a notice for itself. */
export default function Notes({ loaderData, actionData }: Route.ComponentProps) {
  const { table, reference, own, timeZone, mayWrite, noteId } = loaderData
  const fault = actionData?.fault
  return (
    <>
      <PageHead
        title={m.bulk_notes_title()}
        crumbs={[
          { label: m.notices_list_title(), href: table },
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.bulk_notes_title() },
        ]}
      >
        {m.bulk_own_effect()}
      </PageHead>
      <div className="stack">
        <Facts
          facts={[
            [m.bulk_column_assignee(), own.assignee ?? m.bulk_nobody()],
            [m.bulk_column_tags(), own.tags.length === 0 ? '—' : own.tags.join(m.bulk_list_comma())],
          ]}
        />
        {mayWrite && (
          <form method="post" className="stack tight">
            <input type="hidden" name="noteId" value={noteId} />
            <TextField
              field={{
                id: 'text',
                name: 'text',
                ...(fault === undefined ? {} : { initialValue: fault.text, errors: [fault.because] }),
              }}
              label={m.bulk_note_text()}
              maxLength={4_000}
            />
            <div className="bs">
              <Button>{m.bulk_note_add()}</Button>
            </div>
          </form>
        )}
        <Section id="notes" title={m.bulk_column_notes()}>
          {own.notes.length === 0 ? (
            <Empty>{m.bulk_notes_none()}</Empty>
          ) : (
            own.notes.map(({ id, text, at, by }) => (
              <article key={id} className="panel pad">
                <p className="cap">{m.bulk_note_by({ name: by ?? '—', at: formatDateTime(at, timeZone) })}</p>
                <p>{text}</p>
              </article>
            ))
          )}
        </Section>
      </div>
    </>
  )
}
