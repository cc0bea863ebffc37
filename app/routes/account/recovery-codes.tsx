import { forgetRecoveryCookie, readRecoveryCodes } from '#app/accounts/recovery-cookie.server.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/recovery-codes.ts'
import { goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.security_recovery_title())

export function loader({ request, context }: Route.LoaderArgs) {
  const { personId, email, organisation } = requireMember(context)
  return { kind: organisation.kind, email, codes: readRecoveryCodes(request.headers, personId) ?? null }
}

export function action({ context }: Route.ActionArgs) {
  requireMember(context)
  return goOn('/settings/second-factor?done=on', [forgetRecoveryCookie()])
}

/** The recovery codes, shown to the browser that was just given them and never again. */
export default function RecoveryCodes({ loaderData: { kind, email, codes } }: Route.ComponentProps) {
  return (
    <>
      <SettingsHead section="sign-in" kind={kind} lead={m.accounts_settings_email_fixed({ email })} />
      <Section id="codes" title={m.security_recovery_title()}>
        {codes === null ? (
          <p>
            {m.security_recovery_gone()} <a href="/settings/second-factor">{m.security_recovery_back()}</a>
          </p>
        ) : (
          <div className="stack tight">
            <Note tone="question">
              <p>{m.security_recovery_once()}</p>
            </Note>
            <ul className="codes">
              {codes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ul>
            <form method="post" className="bs">
              <LinkButton href="/settings/recovery-codes/codes.txt">{m.security_recovery_download()}</LinkButton>
              <Button look="go">{m.security_recovery_kept()}</Button>
            </form>
          </div>
        )}
      </Section>
    </>
  )
}
