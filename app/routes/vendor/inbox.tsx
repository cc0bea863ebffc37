import { data, redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { findReceived } from '#app/associations/find-received.server.ts'
import { ReceivedFilings } from '#app/associations/received-parts.tsx'
import { m } from '#app/generated/messages/messages.js'
import { acknowledgeNotice } from '#app/notices/acknowledge-notice.server.ts'
import type { Untaken } from '#app/notices/explain-refusals.server.ts'
import { findInbox, mostCounted } from '#app/notices/find-inbox.server.ts'
import { InboxDocument, type Acknowledged } from '#app/notices/inbox-document.tsx'
import { chosenNoticesForm, readInboxQuery } from '#app/notices/inbox.ts'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { asMember } from '#app/notices/taker.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { nameIn } from '#app/ui/language-of.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/inbox.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.vendors_inbox_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['vendor'])
  const query = readInboxQuery(request.url)
  const inbox = await findInbox(member, query)
  const done = Number(new URL(request.url).searchParams.get('acknowledged') ?? Number.NaN)
  return {
    inbox,
    received: inbox === null || query.part !== null ? [] : await findReceived(member),
    vendor: inbox === null ? '' : nameIn(member.locale, inbox.vendor.name, inbox.vendor.nameOther),
    part: query.part,
    most: mostCounted,
    mayAcknowledge: mayDo(member.organisation.role, 'answer-notices'),
    done: Number.isSafeInteger(done) && done > 0 ? done : null,
  }
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireMember(context, ['vendor'])
  const chosen = chosenNoticesForm.safeParse({ notice: (await request.formData()).getAll('notice') })
  if (!chosen.success) return data({ said: [m.vendors_inbox_fault_none()], acknowledged: null }, { status: 400 })
  const { succeeded, failed } = await asMember(member, (tx, taker) =>
    acknowledgeNotice(tx, { taker, noticeIds: chosen.data.notice }),
  )
  if (failed.length === 0) return redirect(`/inbox?acknowledged=${succeeded.length}`, 303)
  const acknowledged: Acknowledged = {
    done: succeeded.length,
    failed: failed.map((untaken) => failedLine(member, untaken)),
  }
  return data({ said: [], acknowledged }, { status: succeeded.length === 0 ? 409 : 200 })
}

/** The first page of a vendor: what waits for it. */
export default function InboxPage({ loaderData, actionData }: Route.ComponentProps) {
  const { inbox, received, vendor, part, most, mayAcknowledge, done } = loaderData
  const acknowledged = actionData?.acknowledged ?? (done === null ? null : { done, failed: [] })
  return (
    <>
      <PageHead title={m.vendors_inbox_title()}>{inbox !== null && m.vendors_inbox_lead({ vendor })}</PageHead>
      {inbox === null ? (
        <Empty act={<LinkButton href="/directory-entry">{m.security_entry_title()}</LinkButton>}>
          {m.vendors_inbox_no_entry()}
        </Empty>
      ) : (
        <>
          <ReceivedFilings lines={received} />
          <InboxDocument
            inbox={inbox}
            part={part}
            mayAcknowledge={mayAcknowledge}
            acknowledged={acknowledged}
            said={actionData?.said ?? []}
            mostCounted={most}
          />
        </>
      )}
    </>
  )
}

function failedLine({ timeZone }: Member, untaken: Untaken): Acknowledged['failed'][number] {
  const { noticeId: id, reference, because } = untaken
  if (reference === null || because === 'unknown') return { id, line: m.vendors_inbox_unknown_notice() }
  return {
    id,
    line: m.vendors_inbox_failed_line({ reference, words: explainUntaken('notice.acknowledged', untaken, timeZone) }),
  }
}
