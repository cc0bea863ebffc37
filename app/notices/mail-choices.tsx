import { m } from '#app/generated/messages/messages.js'
import { RadioField } from '#app/ui/choices.tsx'
import { choicesOf, type MailChoice, type MailTopic } from './mail-topics.ts'

const topicWords = {
  'notice-sent': () => m.clocks_topic_sent(),
  'notice-delivered': () => m.clocks_topic_delivered(),
  'review-started': () => m.clocks_topic_review_started(),
  'vendor-week': () => m.clocks_topic_vendor_week(),
  'collective-answered': () => m.collective_topic_answered(),
  'association-week': () => m.reports_topic_week(),
} satisfies Record<MailTopic, () => string>

const choiceWords = {
  at_once: () => m.clocks_choice_at_once(),
  daily: () => m.clocks_choice_daily(),
  weekly: () => m.clocks_choice_weekly(),
  never: () => m.clocks_choice_never(),
} satisfies Record<MailChoice, () => string>

/** When to hear of each topic: one row of choices each. */
export function MailChoices({
  topics,
  chosen,
}: {
  topics: readonly MailTopic[]
  chosen: Readonly<Record<MailTopic, MailChoice>>
}) {
  return topics.map((topic) => (
    <RadioField
      key={topic}
      look="row"
      field={{ id: topic, name: topic, initialValue: chosen[topic] }}
      label={topicWords[topic]()}
      choices={choicesOf(topic).map((value) => ({ value, label: choiceWords[value]() }))}
    />
  ))
}
