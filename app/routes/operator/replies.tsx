import { z } from 'zod'

import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { parseReference } from '#app/notices/reference.ts'
import { decideSuggestion, type SuggestionDecision } from '#app/operator/decide-suggestion.server.ts'
import { DoneNote } from '#app/operator/done-note.tsx'
import { findReplies } from '#app/operator/find-replies.server.ts'
import { findSuggestions } from '#app/operator/find-suggestions.server.ts'
import { rowsPerPage } from '#app/operator/organisations.ts'
import { assignReply, dismissReply } from '#app/operator/place-reply.server.ts'
import { RepliesList } from '#app/operator/replies-list.tsx'
import { ReturnedFaults } from '#app/operator/returned-faults.tsx'
import { SuggestionsTable } from '#app/operator/suggestions-table.tsx'
import { readDone } from '#app/operator/wording.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'

import type { Route } from './+types/replies.ts'
import { answerForm, intentOf, unknownIntent } from './answer-form.ts'

const base = '/operator/replies'

export const meta: Route.MetaFunction = () => pageTitle(m.replies_operator_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const { personId, timeZone } = requireMember(context, ['operator'])
  const before = z.uuid().nullable().catch(null).parse(new URL(request.url).searchParams.get('before'))
  const found = await withPerson(personId, async (tx) => ({
    ...(await findReplies(tx, { before, most: rowsPerPage })),
    suggestions: await findSuggestions(tx, 100),
  }))
  return { ...found, before, timeZone, done: readDone(request.url) }
}

const reference = z
  .string({ error: () => m.replies_assign_odd() })
  .trim()
  .max(60, { error: () => m.replies_assign_odd() })
  .transform((typed, context) => {
    const parsed = parseReference(typed)
    if (parsed !== undefined) return parsed.reference
    context.addIssue({ code: 'custom', message: m.replies_assign_odd(), input: typed })
    return z.NEVER
  })

const suggestionDone = {
  take: 'suggestion-taken',
  confirm: 'suggestion-confirmed',
  decline: 'suggestion-declined',
} as const satisfies Record<SuggestionDecision, string>

function decisionOf(form: FormData): SuggestionDecision {
  const intent = intentOf(form)
  return intent === 'take' || intent === 'confirm' ? intent : 'decline'
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireMember(context, ['operator'])
  const form = await request.formData()
  switch (intentOf(form)) {
    case 'assign':
      return answerForm({
        form,
        schema: z.object({ replyId: z.uuid(), reference }),
        act: (asked) => assignReply({ member, ...asked }),
        next: () => ({ path: base, done: 'reply-assigned' }),
      })
    case 'dismiss':
      return answerForm({
        form,
        schema: z.object({ replyId: z.uuid() }),
        act: ({ replyId }) => dismissReply({ member, replyId }),
        next: () => ({ path: base, done: 'reply-dismissed' }),
      })
    case 'take':
    case 'confirm':
    case 'decline': {
      const decision = decisionOf(form)
      return answerForm({
        form,
        schema: z.object({ suggestionId: z.uuid() }),
        act: ({ suggestionId }) => decideSuggestion({ member, suggestionId, decision }),
        next: () => ({ path: base, done: suggestionDone[decision] }),
      })
    }
    default:
      return unknownIntent()
  }
}

/** Mail that names no notice, and addresses that holders gave: for the operator. */
export default function Replies({ loaderData, actionData }: Route.ComponentProps) {
  const { replies, found, next, before, suggestions, timeZone, done } = loaderData
  return (
    <>
      <PageHead title={m.replies_operator_title()}>{m.replies_operator_intro()}</PageHead>
      <DoneNote done={done} />
      <ReturnedFaults result={actionData?.result} />
      <div className="stack">
        <Section id="waiting" title={m.replies_waiting()} aside={formatNumber(found)}>
          {found === 0 ? (
            <Empty>{m.replies_waiting_none()}</Empty>
          ) : (
            <>
              <RepliesList replies={replies} timeZone={timeZone} />
              <TableFoot
                shown={m.replies_waiting_count({ count: formatNumber(found) })}
                pages={{
                  previous: before === null ? undefined : base,
                  next: next === null ? undefined : `${base}?before=${next}`,
                }}
              />
            </>
          )}
        </Section>
        <Section id="suggestions" title={m.replies_suggestions()} aside={formatNumber(suggestions.length)}>
          {suggestions.length === 0 ? (
            <Empty>{m.replies_suggestions_none()}</Empty>
          ) : (
            <SuggestionsTable rows={suggestions} timeZone={timeZone} />
          )}
        </Section>
      </div>
    </>
  )
}
