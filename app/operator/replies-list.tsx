import { m } from '#app/generated/messages/messages.js'
import type { SenderCheck } from '#app/mail/authentication.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatBytes, formatNumber } from '#app/ui/format.ts'
import { Moment } from '#app/ui/when.tsx'
import type { ReplyGuess, WaitingReply } from './find-replies.server.ts'

const checks = {
  confirmed: () => m.replies_sender_confirmed(),
  'not-confirmed': () => m.replies_sender_not_confirmed(),
  'not-checked': () => m.replies_sender_not_checked(),
} satisfies Record<SenderCheck, () => string>

const reasonWords: Readonly<Record<string, () => string>> = {
  answers: () => m.replies_reason_answers(),
  reference: () => m.replies_reason_reference(),
  address: () => m.replies_reason_address(),
  domain: () => m.replies_reason_domain(),
  recent: () => m.replies_reason_recent(),
}

const tagWords: Readonly<Record<string, () => string>> = {
  complaint: () => m.replies_tag_complaint(),
  report: () => m.replies_tag_report(),
  'not-taken': () => m.replies_tag_not_taken(),
}

/** Mail that waits, each with what it may be about and what can be done with it. */
export function RepliesList({ replies, timeZone }: { replies: readonly WaitingReply[]; timeZone: string }) {
  return (
    <div>
      {replies.map((reply) => (
        <Reply key={reply.id} reply={reply} timeZone={timeZone} />
      ))}
    </div>
  )
}

function Reply({ reply, timeZone }: { reply: WaitingReply; timeZone: string }) {
  const { id, subject, fromName, fromAddress, receivedAt, to, bytes, sender, tags, fault, guesses } = reply
  const title = subject === '' ? m.replies_no_subject() : subject
  return (
    <article className="msg" aria-labelledby={`mail-${id}`}>
      <h3 id={`mail-${id}`} className="typed">
        {title}
      </h3>
      <header>
        <span>
          {fromName !== '' && <span className="typed">{fromName} </span>}
          <code>{fromAddress}</code>
        </span>
        <Moment at={receivedAt} timeZone={timeZone} />
        <span>{m.replies_to({ to })}</span>
        <span>{formatBytes(bytes)}</span>
        <span>{checks[sender]()}</span>
        {tags.map((tag) => (
          <Badge key={tag} icon="i-info">
            {tagWords[tag]?.() ?? tag}
          </Badge>
        ))}
      </header>
      {fault !== null && <p className="muted">{m.replies_fault({ fault })}</p>}
      {guesses.length === 0 ? (
        <p className="muted">{m.replies_no_guess()}</p>
      ) : (
        <ul className="plain">
          {guesses.map((guess) => (
            <Guess key={guess.reference} id={id} guess={guess} />
          ))}
        </ul>
      )}
      <ByHand id={id} />
    </article>
  )
}

function Guess({ id, guess }: { id: string; guess: ReplyGuess }) {
  const { reference, holder, vendor, score, reasons } = guess
  const why = reasons.map((reason) => reasonWords[reason]?.() ?? reason).join(m.replies_reason_and())
  return (
    <li>
      <form method="post" className="bs">
        <input type="hidden" name="replyId" value={id} />
        <input type="hidden" name="reference" value={reference} />
        <span>
          <b className="ref">{reference}</b> {m.replies_guess_between({ holder, vendor })}{' '}
          <span className="cap">{m.replies_guess_score({ score: formatNumber(score), why })}</span>
        </span>
        <Button name="intent" value="assign">
          {m.replies_assign_to({ reference })}
        </Button>
      </form>
    </li>
  )
}

function ByHand({ id }: { id: string }) {
  return (
    <div className="bs">
      <form method="post" className="bs">
        <input type="hidden" name="replyId" value={id} />
        <InputField
          look="short"
          label={m.replies_assign_reference()}
          maxLength={60}
          placeholder="CAV-"
          field={{ id: `reference-${id}`, name: 'reference', required: true }}
        />
        <Button name="intent" value="assign">
          {m.replies_assign()}
        </Button>
      </form>
      <form method="post">
        <input type="hidden" name="replyId" value={id} />
        <Button name="intent" value="dismiss" look="bare">
          {m.replies_dismiss()}
        </Button>
      </form>
    </div>
  )
}
