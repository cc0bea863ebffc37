import { m } from '#app/generated/messages/messages.js'
import { Section } from '#app/ui/section.tsx'
import type { LinkPage } from './find-link-notice.server.ts'
import { nameHere } from './link-words.ts'
import { MessageLetter } from './notice-conversation.tsx'

/** What the two sides wrote to each other, for the bearer of the mail link, who answers by mail. */
export function LinkConversation({ page: { notice, conversation }, path }: { page: LinkPage; path: string }) {
  const { messages, earlier, newest } = conversation
  if (messages.length === 0) return null
  const reader = {
    names: { vendor: nameHere(notice.vendor), holder: nameHere(notice.holder) },
    timeZone: notice.timeZone,
    files: `${path}/messages`,
    mayHaveMail: false,
  }
  return (
    <Section id="conversation" title={m.replies_title()} aside={m.replies_aside()}>
      {messages.map((message) => (
        <MessageLetter key={message.id} message={message} reader={reader} />
      ))}
      <p className="foot">
        {earlier !== null && <a href={`${path}?messages=${earlier}#conversation`}>{m.replies_earlier()}</a>}
        {!newest && <a href={`${path}#conversation`}>{m.replies_latest()}</a>}
      </p>
    </Section>
  )
}
