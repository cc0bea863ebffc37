import { z } from 'zod'

import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { DoneNote } from '#app/operator/done-note.tsx'
import { findMails } from '#app/operator/find-mails.server.ts'
import { HeldPanel, mostHeldShown } from '#app/operator/held-panel.tsx'
import { MailsTable } from '#app/operator/mails-table.tsx'
import { mostCounted, readMailsQuery, type MailView } from '#app/operator/mails.ts'
import { rowsPerPage } from '#app/operator/organisations.ts'
import { ReturnedFaults } from '#app/operator/returned-faults.tsx'
import { releaseMails } from '#app/operator/release-mails.server.ts'
import { retryMail } from '#app/operator/retry-mail.server.ts'
import { readDone } from '#app/operator/wording.ts'
import { findHeld, findHold } from '#app/mail/find-held.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { FilterRow, FilterText } from '#app/ui/filter-row.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Tabs } from '#app/ui/tabs.tsx'

import type { Route } from './+types/mail.ts'
import { answerForm, intentOf, resultFor } from './answer-form.ts'

const base = '/operator/mail'

export const meta: Route.MetaFunction = () => pageTitle(m.operator_mail_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const { personId, timeZone } = requireMember(context, ['operator'])
  const query = readMailsQuery(request.url)
  return withPerson(personId, async (tx) => {
    const hold = await findHold(tx)
    const held = hold === null ? null : { ...hold, mails: await findHeld(tx, mostHeldShown) }
    const found = await findMails(tx, { ...query, most: rowsPerPage })
    return { ...found, ...query, held, timeZone, done: readDone(request.url) }
  })
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireMember(context, ['operator'])
  const form = await request.formData()
  if (intentOf(form) === 'release')
    return answerForm({
      form,
      schema: z.object({ heldBack: z.array(z.uuid()).max(mostHeldShown).default([]) }),
      act: ({ heldBack }) => releaseMails({ member, heldBack }),
      next: () => ({ path: base, done: 'mail-released' }),
    })
  return answerForm({
    form,
    schema: z.object({ mailId: z.uuid() }),
    act: ({ mailId }) => retryMail({ member, mailId }),
    next: () => ({ path: base, done: 'mail-retried' }),
  })
}

/** What became of every mail, for the operator. */
export default function Mail({ loaderData, actionData }: Route.ComponentProps) {
  const { mails, found, view, to, next, before, held, timeZone, done } = loaderData
  const count = found >= mostCounted ? `${formatNumber(mostCounted)}+` : formatNumber(found)
  return (
    <>
      <PageHead title={m.operator_mail_title()}>{m.operator_mail_intro()}</PageHead>
      <DoneNote done={done} />
      <ReturnedFaults result={resultFor(actionData, '') ?? resultFor(actionData, 'release')} />
      {held !== null && <HeldPanel held={held} timeZone={timeZone} />}
      <FilterRow
        label={m.operator_mail_filter()}
        clear={to === '' ? undefined : addressOf({ view })}
        keep={view === 'all' ? {} : { view }}
      >
        <FilterText name="to" label={m.operator_mail_to()} value={to} />
      </FilterRow>
      <Tabs label={m.operator_mail_view()} chosen={view} tabs={tabs(to)} />
      {found === 0 ? (
        <div className="gap">
          <Empty>{view === 'all' && to === '' ? m.operator_mail_none_at_all() : m.operator_mail_none()}</Empty>
        </div>
      ) : (
        <>
          <MailsTable mails={mails} timeZone={timeZone} />
          <TableFoot
            shown={m.operator_mail_count({ n: found, count })}
            pages={{
              previous: before === null ? undefined : addressOf({ view, to }),
              next: next === null ? undefined : addressOf({ view, to, before: next }),
            }}
          />
        </>
      )}
    </>
  )
}

function tabs(to: string) {
  const label = {
    all: m.operator_mail_view_all(),
    failed: m.operator_mail_view_failed(),
    waiting: m.operator_mail_view_waiting(),
    sent: m.operator_mail_view_sent(),
    ambiguous: m.operator_mail_view_ambiguous(),
  } satisfies Record<MailView, string>
  const views = ['all', 'failed', 'waiting', 'sent', 'ambiguous'] as const
  return views.map((view) => ({ key: view, label: label[view], href: addressOf({ view, to }) }))
}

function addressOf({ view, to = '', before }: { view: MailView; to?: string; before?: string }): string {
  const query = new URLSearchParams({
    ...(view === 'all' ? {} : { view }),
    ...(to === '' ? {} : { to }),
    ...(before === undefined ? {} : { before }),
  })
  return query.size === 0 ? base : `${base}?${query}`
}
