import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { dropPasskey, keepPasskey } from '#app/accounts/keep-passkeys.server.ts'
import { addPasskeyForm, passkeyForm, renamePasskeyForm } from '#app/accounts/passkey-forms.ts'
import { AddPasskey, PasskeysTable } from '#app/accounts/passkeys-panels.tsx'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { requireFreshViewer, requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { arePasskeysPossible, findPasskeys, renamePasskey } from '#app/platform/passkeys.server.ts'
import { requestContext } from '#app/platform/request.server.ts'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/settings-passkeys.ts'
import { formAgain, goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.security_passkeys_title())

const here = '/settings/passkeys'
const done = {
  added: () => m.security_passkey_done_added(),
  renamed: () => m.security_passkey_done_renamed(),
  removed: () => m.security_passkey_done_removed(),
} as const satisfies Record<string, () => string>

export async function loader({ request, context }: Route.LoaderArgs) {
  const { personId, email, organisation, timeZone } = requireMember(context)
  return {
    kind: organisation.kind,
    email,
    timeZone,
    passkeys: await findPasskeys(personId),
    possible: arePasskeysPossible(),
    nonce: context.get(requestContext).nonce,
    done: new URL(request.url).searchParams.get('done'),
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = requireMember(context)
  const form = await request.formData()
  const asked = { viewer, headers: request.headers }
  switch (form.get('act')) {
    case 'add': {
      requireFreshViewer(context)
      const submission = parseWithZod(form, { schema: addPasskeyForm })
      if (submission.status !== 'success') return formAgain(submission)
      const kept = await keepPasskey({ ...asked, ...submission.value })
      if (kept.allowed) return goOn(`${here}?done=added`)
      const words = { 'not-taken': m.security_passkey_failed, 'too-many': m.security_passkey_too_many }
      return formAgain(submission, { formErrors: [words[kept.because]()] })
    }
    case 'rename': {
      const submission = parseWithZod(form, { schema: renamePasskeyForm })
      if (submission.status !== 'success') return formAgain(submission)
      await renamePasskey(viewer.personId, submission.value.passkeyId, submission.value.name)
      return goOn(`${here}?done=renamed`)
    }
    case 'remove': {
      requireFreshViewer(context)
      const submission = parseWithZod(form, { schema: passkeyForm })
      if (submission.status !== 'success') throw data(null, { status: 400 })
      await dropPasskey({ ...asked, ...submission.value })
      return goOn(`${here}?done=removed`)
    }
    default:
      throw data(null, { status: 400 })
  }
}

/** The passkeys of a person: added, named, removed. */
export default function SettingsPasskeys({ loaderData, actionData }: Route.ComponentProps) {
  const { kind, email, timeZone, passkeys, possible, nonce } = loaderData
  const status = Object.entries(done).find(([key]) => key === loaderData.done && !actionData)?.[1]
  return (
    <>
      <SettingsHead section="sign-in" kind={kind} lead={m.accounts_settings_email_fixed({ email })} done={status?.()} />
      <div className="stack">
        <Section id="passkeys" title={m.security_passkeys_title()}>
          {passkeys.length === 0 ? (
            <p>{m.security_passkeys_none()}</p>
          ) : (
            <PasskeysTable passkeys={passkeys} timeZone={timeZone} />
          )}
        </Section>
        <Section id="add" title={m.security_passkey_add_title()}>
          {possible ? (
            <AddPasskey result={actionData?.result} />
          ) : (
            <Note tone="info">
              <p>{m.security_passkeys_no_name()}</p>
            </Note>
          )}
        </Section>
      </div>
      <script type="module" src="/passkey.js" nonce={nonce} />
    </>
  )
}
