import { useForm, type SubmissionResult } from '@conform-to/react'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { PostForm } from './post-form.tsx'
import { QrCode } from './qr-code.tsx'

type Result = { readonly result: SubmissionResult | undefined }

/** Beginning with a code app. */
export function SecondFactorOff({ email, result }: Result & { email: string }) {
  const [form, fields] = useForm<{ password: string }>({ id: 'begin', lastResult: result })
  return (
    <Section id="off" title={m.security_factor_title()}>
      <div className="stack tight">
        <p className="prose">{m.security_factor_lead()}</p>
        <PostForm form={form}>
          <input type="hidden" name="act" value="begin" />
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <InputField
            field={fields.password}
            label={m.accounts_password_current()}
            type="password"
            autoComplete="current-password"
          />
          <div>
            <Button look="go">{m.security_factor_begin()}</Button>
          </div>
        </PostForm>
      </div>
    </Section>
  )
}

/** The key for the app, as a picture and as text, and its first code. */
export function SecondFactorPending({ address, typed, result }: Result & { address: string; typed: string }) {
  const [form, fields] = useForm<{ code: string }>({ id: 'confirm', lastResult: result })
  return (
    <Section id="pending" title={m.security_factor_pending_title()}>
      <div className="stack tight">
        <p className="prose">{m.security_factor_pending_scan()}</p>
        <QrCode text={address} label={m.security_factor_qr()} />
        <p className="prose">
          {m.security_factor_pending_key()}
          <br />
          <code>{typed}</code>
        </p>
        <PostForm form={form}>
          <input type="hidden" name="act" value="confirm" />
          <InputField
            field={fields.code}
            label={m.security_code()}
            help={m.security_factor_code_help()}
            autoComplete="one-time-code"
            inputMode="numeric"
            look="short"
          />
          <div>
            <Button look="go">{m.security_factor_confirm()}</Button>
          </div>
        </PostForm>
        <form method="post">
          <Button look="bare" name="act" value="abandon">
            {m.security_factor_abandon()}
          </Button>
        </form>
      </div>
    </Section>
  )
}

/** What is set up, and the two things that only somebody who has just signed in may do with it. */
export function SecondFactorOn({ left }: { left: number }) {
  return (
    <>
      <Section id="on" title={m.security_factor_title()}>
        <Facts
          facts={[
            [m.security_factor_state(), m.security_factor_state_on()],
            [m.security_recovery_title(), m.security_recovery_left({ count: formatNumber(left), n: left })],
          ]}
        />
      </Section>
      <Section id="renew" title={m.security_recovery_renew_title()}>
        <form method="post" className="fs">
          <p className="prose">{m.security_recovery_renew_lead()}</p>
          <div>
            <Button name="act" value="renew">
              {m.security_recovery_renew()}
            </Button>
          </div>
        </form>
      </Section>
      <Section id="turn-off" title={m.security_factor_off_title()}>
        <form method="post" className="fs">
          <p className="prose">{m.security_factor_off_lead()}</p>
          <div>
            <Button look="risk" name="act" value="off">
              {m.security_factor_off()}
            </Button>
          </div>
        </form>
      </Section>
    </>
  )
}
