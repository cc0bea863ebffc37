import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { z } from 'zod'
import { askToClose } from '#app/accounts/ask-to-close.server.ts'
import { cancelClosing } from '#app/accounts/cancel-closing.server.ts'
import { closeForm } from '#app/accounts/close-form.ts'
import { CloseForm, ClosingEffects, ClosingHeld, ClosingOpen } from '#app/accounts/close-panels.tsx'
import { findClosing, findClosingTerms } from '#app/accounts/find-closing.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { findTeam, ownersOf } from '#app/accounts/team.server.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/settings-close.ts'
import { formAgain, goOn } from './answers.ts'

const kinds = ['rights_holder', 'vendor', 'association'] as const
const cancelForm = z.object({ intent: z.literal('cancel'), closing: z.uuid() })

export const meta: Route.MetaFunction = () => pageTitle(m.closing_title())

export async function loader({ request, context }: Route.LoaderArgs) {
  const member = requireMember(context, kinds)
  const { organisation, email, timeZone } = member
  const mayClose = mayDo(organisation.role, 'manage-organisation')
  const owners = mayClose ? [] : ownersOf((await findTeam(member)).people)
  const closing = mayClose ? await findClosing(member) : null
  const terms = mayClose ? await findClosingTerms(member) : { needsCode: false, unsent: 0 }
  const cancelled = new URL(request.url).searchParams.has('cancelled')
  return data(
    { organisation, email, timeZone, mayClose, owners, closing, cancelled, ...terms },
    { status: mayClose ? 200 : 403 },
  )
}

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context, kinds)
  const body = await request.formData()
  const cancelling = cancelForm.safeParse(Object.fromEntries(body))
  if (cancelling.success) {
    const cancelled = await cancelClosing({ personId: member.personId, closingId: cancelling.data.closing })
    // What has begun is said by the page itself.
    return goOn(cancelled.allowed ? '/settings/close?cancelled' : '/settings/close')
  }
  const { needsCode } = await findClosingTerms(member)
  const submission = parseWithZod(body, { schema: closeForm({ needsCode, organisation: member.organisation }) })
  if (submission.status !== 'success') return formAgain(submission)
  const { password, code } = submission.value
  const asked = await askToClose({ member, headers: request.headers, password, code })
  if (asked.allowed) return goOn('/settings/close')
  if (asked.because === 'unsent') {
    const { unsent } = await findClosingTerms(member)
    const error = m.closing_unsent({ count: formatNumber(unsent), n: unsent })
    return formAgain(submission, { formErrors: [error] }, 409)
  }
  const [status, errors] = refusals[asked.because]
  return formAgain(submission, errors(), status)
}

const refusals = {
  'wrong-password': [400, () => ({ fieldErrors: { password: [m.accounts_error_password_wrong()] } })],
  'wrong-code': [400, () => ({ fieldErrors: { code: [m.security_error_code_wrong()] } })],
  'too-many': [429, () => ({ formErrors: [m.accounts_too_many_hour()] })],
  'not-an-owner': [403, () => ({ formErrors: [m.closing_only_owner({ owners: '' })] })],
} as const

/** Closing an organisation: what goes, what stays, and how to keep it after all. */
export default function SettingsClose({ loaderData, actionData }: Route.ComponentProps) {
  const { organisation, email, timeZone, mayClose, owners, closing, cancelled, needsCode, unsent } = loaderData
  const { kind } = organisation
  return (
    <>
      <SettingsHead
        section="close"
        kind={kind}
        lead={m.closing_lead()}
        done={cancelled && closing === null && !actionData ? m.closing_cancelled() : undefined}
      />
      {mayClose ? (
        <div className="stack">
          {closing !== null && <ClosingOpen closing={closing} timeZone={timeZone} />}
          <ClosingEffects kind={kind} />
          {closing === null &&
            (unsent > 0 ? (
              <ClosingHeld unsent={unsent} kind={kind} />
            ) : (
              <CloseForm email={email} organisation={organisation} needsCode={needsCode} result={actionData?.result} />
            ))}
        </div>
      ) : (
        <p>{m.closing_only_owner({ owners: owners.join(', ') })}</p>
      )}
    </>
  )
}
