import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import { z } from 'zod'
import { acknowledgeLinked } from '#app/associations/acknowledge-linked.server.ts'
import { OneLetter } from '#app/associations/collective-letters.tsx'
import { findLinkedFiling } from '#app/associations/find-received.server.ts'
import { LinkedAnswer } from '#app/associations/linked-answer.tsx'
import { ReceivedNotices } from '#app/associations/received-parts.tsx'
import { m } from '#app/generated/messages/messages.js'
import { linkWho } from '#app/notices/link-answers.ts'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { getLocale } from '#app/generated/messages/runtime.js'
import type { Route } from './+types/collective-link.ts'
import { speakToCollectiveContact } from './link-locale.server.ts'
import { visitOf } from './link-visit.ts'

export const meta: Route.MetaFunction = () => [
  ...pageTitle(m.collective_link_title()),
  { name: 'robots', content: 'noindex' },
]

export const middleware = [speakToCollectiveContact]

const count = z.coerce.number().int().min(0).catch(0)

// Mail scanners open links: reading only lists, and the button alone acknowledges.
export async function loader({ params, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url)
  const found = await findLinkedFiling(params.token, searchParams.get('after'))
  const done = searchParams.get('done')
  return data(
    {
      found,
      path: `/c/${params.token}`,
      said: done === null ? null : { done: count.parse(done), left: count.parse(searchParams.get('left') ?? 0) },
    },
    { status: found === null ? 404 : 200, headers: { 'X-Robots-Tag': 'noindex' } },
  )
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: linkWho })
  if (submission.status !== 'success') return data({ result: submission.reply() }, { status: 400 })
  const { token } = params
  const acknowledged = await acknowledgeLinked({
    token,
    who: submission.value,
    visit: visitOf(request, context, 'answer'),
  })
  if (!acknowledged.open) throw redirect(`/c/${token}`, 303)
  return redirect(`/c/${token}?done=${acknowledged.done}&left=${acknowledged.left}`, 303)
}

/** All notices of a collective filing to one vendor, for its contact: each opens with its own link, and all are acknowledged here. */
export default function CollectiveLink({ loaderData: { found, path, said }, actionData }: Route.ComponentProps) {
  if (found === null) return <PageHead title={m.collective_link_gone()}>{m.collective_link_gone_text()}</PageHead>
  const { filing, association, associationOther, vendor, vendorOther, cover, notices, total, next } = found
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  // A later page may hold what this one does not.
  const waits = next !== null || notices.some(({ stage }) => stage === 'sent' || stage === 'delivered')
  const tokenOf = new Map(notices.map(({ id, token }) => [id, token]))
  return (
    <>
      <PageHead title={m.collective_received_title({ association: nameIn(locale, association, associationOther) })}>
        {m.collective_link_lead({ vendor: nameIn(locale, vendor, vendorOther), filing })}
      </PageHead>
      <div className="stack">
        {said !== null && (
          <Note tone={said.left > 0 ? 'question' : 'agreed'} status>
            <p>
              {m.collective_link_done({ n: said.done, count: formatNumber(said.done) })}
              {sentenceGap()}
              {said.left > 0 && m.collective_link_left({ n: said.left, count: formatNumber(said.left) })}
            </p>
          </Note>
        )}
        {cover !== null && <OneLetter title={m.collective_cover()} letter={cover} open={false} />}
        <Section id="notices" title={m.collective_notices()} aside={formatNumber(total)}>
          <ReceivedNotices
            notices={notices}
            choose={false}
            chosen={new Set()}
            addressOf={({ id }) => `/n/${tokenOf.get(id) ?? ''}`}
          />
          <TableFoot
            shown={m.collective_shown({ shown: formatNumber(notices.length), count: formatNumber(total) })}
            pages={{ next: next === null ? undefined : `${path}?after=${encodeURIComponent(next)}` }}
          />
        </Section>
        {waits && <LinkedAnswer result={actionData?.result} />}
      </div>
    </>
  )
}
