import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { alarmTexts, alarmTitles } from '#app/operator/alarm-wording.ts'
import { alarmConditions } from '#app/operator/alarms.ts'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know: what is wrong with the portal, and how far it goes. */
export const facts = z.object({
  name: z.string(),
  condition: z.enum(alarmConditions),
  subject: z.string(),
  amount: z.number(),
  url: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = (said: Facts): string =>
  m.operator_alarm_mail_subject({ what: alarmTitles[said.condition](said) })

/** The body, for both parts. */
export function content(said: Facts): Content {
  const text = alarmTexts[said.condition](said)
  return account({
    kicker: m.operator_alarm_mail_kicker(),
    name: said.name,
    url: said.url,
    title: subject(said),
    preview: text,
    text: [text, m.operator_alarm_mail_once()],
    act: m.operator_alarm_mail_act(),
    foot: m.operator_alarm_mail_foot(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
