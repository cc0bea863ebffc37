import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { formatBytes } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { Message } from './find-conversation.server.ts'
import { mostMessageText } from './message-form.ts'
import type { NoticeView } from './notice-view.ts'

/** What the two sides wrote to each other, the newest first, and the holder's form to write. */
export function NoticeConversation({ view }: { view: NoticeView }) {
  const { conversation, notice } = view
  const mayWrite = view.open.includes('message.written')
  if (conversation.messages.length === 0 && !mayWrite) return null
  return (
    <Section id="conversation" title={m.replies_title()} aside={m.replies_aside()}>
      {mayWrite && <WriteForm view={view} />}
      {conversation.messages.length === 0 && <p className="muted">{m.replies_none()}</p>}
      {conversation.messages.map((message) => (
        <MessageLetter
          key={message.id}
          message={message}
          reader={{
            ...view,
            files: view.side === 'holder' && !view.byOwner ? null : '/messages',
            mayHaveMail: view.byOwner,
          }}
        />
      ))}
      <p className="foot">
        {conversation.earlier !== null && (
          <a href={`/notices/${notice.reference}?messages=${conversation.earlier}#conversation`}>
            {m.replies_earlier()}
          </a>
        )}
        {!conversation.newest && <a href={`/notices/${notice.reference}#conversation`}>{m.replies_latest()}</a>}
      </p>
    </Section>
  )
}

function WriteForm({ view: { notice, names, messageKey } }: { view: NoticeView }) {
  return (
    <Details summary={m.replies_write_open({ vendor: names.vendor })}>
      <form method="post" action={`/notices/${notice.reference}/write`}>
        <input type="hidden" name="key" value={messageKey} />
        <TextField
          label={m.replies_write_text()}
          help={m.replies_write_help({ vendor: names.vendor })}
          rows={5}
          maxLength={mostMessageText}
          field={{ id: 'message-text', name: 'text', required: true }}
        />
        <p>
          <Button>{m.replies_write_send()}</Button>
        </p>
      </form>
    </Details>
  )
}

/** Who reads a message: how the sides are named, and where its files stand for this reader. */
export interface MessageReader {
  readonly names: NoticeView['names']
  readonly timeZone: string
  /** Null for one who may read the words and not their files. */
  readonly files: string | null
  /** Whether the mail as it came is for this reader. */
  readonly mayHaveMail: boolean
}

/** One message: who wrote it, when, by which way, its new words, what it quotes, its files. */
export function MessageLetter({ message, reader }: { message: Message; reader: MessageReader }) {
  const { side, channel, name, address, at, fresh, quoted, inboundId } = message
  return (
    <article className="msg">
      <header>
        <b>{reader.names[side]}</b>
        <span>
          {name !== '' && <span className="typed">{name} </span>}
          {address.endsWith('@erased.invalid') ? m.privacy_who_erased() : <code>{address}</code>}
        </span>
        <Moment at={at} timeZone={reader.timeZone} />
        <span>{channel === 'mail' ? m.replies_by_mail() : m.replies_by_portal()}</span>
        <Signs message={message} />
      </header>
      {fresh.trim() === '' ? <p className="muted">{m.replies_no_text()}</p> : <p className="typed">{fresh.trim()}</p>}
      {quoted.trim() !== '' && (
        <Details summary={m.replies_quoted()}>
          <p className="typed muted">{quoted.trim()}</p>
        </Details>
      )}
      <Files message={message} base={reader.files} />
      {inboundId !== null && reader.mayHaveMail && (
        <p className="cap">
          <a href={`/inbound/${inboundId}.eml`}>{m.replies_eml()}</a>
        </p>
      )}
    </article>
  )
}

function Signs({ message: { automatic, held, sender } }: { message: Message }) {
  return (
    <>
      {automatic && <Badge icon="i-info">{m.replies_automatic()}</Badge>}
      {held !== null && (
        <Badge icon="w-bounced" tone="late">
          {m.replies_held()}
        </Badge>
      )}
      {sender === 'confirmed' && (
        <Badge icon="i-check" tone="agreed">
          {m.replies_sender_confirmed()}
        </Badge>
      )}
      {sender === 'not-confirmed' && (
        <Badge icon="w-due" tone="question">
          {m.replies_sender_not_confirmed()}
        </Badge>
      )}
      {sender === 'not-checked' && <span>{m.replies_sender_not_checked()}</span>}
    </>
  )
}

function Files({ message: { id, files }, base }: { message: Message; base: string | null }) {
  if (files.length === 0) return null
  return (
    <ul className="plain" aria-label={m.replies_files()}>
      {files.map(({ position, name, bytes }) => (
        <li key={position}>
          {base === null ? name : <a href={`${base}/${id}/files/${position}`}>{name}</a>}{' '}
          <span className="cap">{formatBytes(bytes)}</span>
        </li>
      ))}
    </ul>
  )
}
