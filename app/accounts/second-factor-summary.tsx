import { m } from '#app/generated/messages/messages.js'
import { Facts } from '#app/ui/facts.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'

/** Whether more than a password is asked for, and where that is set up. */
export function SecondFactorSummary({ isOn, passkeys }: { isOn: boolean; passkeys: number }) {
  return (
    <Section id="second-factor" title={m.security_summary_title()}>
      <Facts
        facts={[
          [
            m.security_factor_title(),
            <>
              {isOn ? m.security_factor_state_on() : m.security_factor_state_off()} ·{' '}
              <a href="/settings/second-factor">{isOn ? m.security_summary_change() : m.security_summary_set_up()}</a>
            </>,
          ],
          [
            m.security_passkeys_title(),
            <>
              {passkeys === 0 ? m.security_summary_none() : formatNumber(passkeys)} ·{' '}
              <a href="/settings/passkeys">{m.security_summary_passkeys()}</a>
            </>,
          ],
        ]}
      />
    </Section>
  )
}
