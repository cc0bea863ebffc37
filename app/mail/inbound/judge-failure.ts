import { cutText } from '#app/ui/cut-text.ts'
import { looseStatuses, plainStatuses, replyCodeIn, replyCodes, statusIn } from './failure-codes.ts'
import { failureReasons, type FailureReason } from './failure-reasons.ts'
import { failureWords } from './failure-words.ts'
import type { DeliveryAction, ReportedRecipient } from './verdict.ts'

type Told = {
  address: string
  action: DeliveryAction
  /** The code of the report itself, if it has one. */
  status: string | null
  /** What the server said, or what the report says of this recipient. */
  diagnostic: string
  /** What the human text says of this recipient: asked only where the rest says nothing. */
  report: string
}

/** At which command of the talk the server refused (RFC 5321 section 4.1.1). */
type Stage = 'greeting' | 'mail' | 'rcpt' | 'data' | null

const stages: readonly { stage: Stage; words: RegExp }[] = [
  // sendmail goes on to DATA when every RCPT was refused: the refusal counts, not the "503 need RCPT" after it.
  { stage: 'rcpt', words: /^>>> RCPT[^\r\n\u2028\u2029]*\n<<< [45]\d\d/im },
  // Postfix and Exim, qmail and DragonFly, sendmail's and Courier's transcripts, GMX, Domino
  {
    stage: 'data',
    words:
      /in reply to (?:end of )?DATA|after (?:end of )?data|final DATA|failed after I sent|TEXT command|^>>> DATA/im,
  },
  { stage: 'rcpt', words: /RCPT TO|RCPT command|does not like recipient|rejected recipient/i },
  { stage: 'mail', words: /MAIL FROM(?! domain)|MAIL command|does not like (?:sender|me)|\[MAIL_FROM\]/i },
  { stage: 'greeting', words: /after (?:EHLO|HELO|initial connection)|in reply to (?:EHLO|HELO)|^>>> (?:EHLO|HELO)/im },
]

/** What one recipient's report means: the codes, the reason and whether the address itself is at fault. */
export function judgeFailure({ address, action, status, diagnostic, report }: Told): ReportedRecipient {
  const words = oneLine(diagnostic)
  if (action !== 'failed' && action !== 'delayed') {
    return { address, action, status, replyCode: null, reason: 'unclear', hard: false, diagnostic: words }
  }
  const said = words === '' ? oneLine(report) : words
  const told = mostTelling(status, statusIn(words) ?? statusIn(said))
  const replyCode = replyCodeIn(words) ?? (words === '' ? replyCodeIn(said) : null)
  const stage = stageOf(`${diagnostic}\n${report}`)
  const reason = reasonFor({ status: told, replyCode, stage, said, report })
  const temporary = told === null ? (replyCode ?? '').startsWith('4') : told.startsWith('4')
  return {
    address,
    action,
    status: told,
    replyCode,
    reason,
    // That a domain takes no mail is its own word in the DNS; every other 4xx says: not now (RFC 3463 section 2).
    hard: failureReasons[reason].hard && (!temporary || reason === 'takes-no-mail'),
    diagnostic: cutText(said, 1000),
  }
}

type Evidence = { status: string | null; replyCode: string | null; stage: Stage; said: string; report: string }

function reasonFor({ status, replyCode, stage, said, report }: Evidence): FailureReason {
  const detail = status?.slice(2) ?? ''
  const plain = plainStatuses[detail]
  if (plain !== undefined) return plain
  const worded = reasonInWords(said) ?? (said === oneLine(report) ? null : reasonInWords(oneLine(report)))
  // Refused at MAIL FROM: what does not exist is the sender.
  if ((worded === 'no-such-host' || worded === 'no-such-user') && stage === 'mail') return 'sender-refused'
  if (worded === 'no-such-user') return unknownUser(detail, stage, said)
  if (worded !== null) return worded
  const coded = looseStatuses[detail] ?? replyCodes[replyCode ?? '']
  if (coded !== undefined && coded !== 'unclear') return coded
  if (stage === 'mail') return 'sender-refused'
  return stage === 'greeting' ? 'blocked' : 'unclear'
}

/**
 * "User unknown" is not always about the user.
 *
 * NTT docomo and KDDI (au) say it after the text when the recipient's own filter refused. Status 2.1 says that the mailbox
 * exists and is closed: only a refusal of `RCPT` outweighs it.
 */
function unknownUser(detail: string, stage: Stage, said: string): FailureReason {
  const bare = /user unknown|unknown user/i.test(said)
  if (stage === 'data' && detail !== '1.1' && bare) return 'filtered'
  if (detail === '2.1' && stage !== 'rcpt') return 'mailbox-disabled'
  return 'no-such-user'
}

function reasonInWords(text: string): FailureReason | null {
  return failureWords.find(({ words }) => words.some((word) => word.test(text)))?.reason ?? null
}

function stageOf(text: string): Stage {
  return stages.find(({ words }) => words.test(text))?.stage ?? null
}

// The Diagnostic-Code is what the other server said; relays write X.0.0 or a guess of their own beside it.
function mostTelling(reported: string | null, said: string | null): string | null {
  return said === null || (reported !== null && said.endsWith('.0.0')) ? reported : said
}

function oneLine(text: string): string {
  return text.slice(0, 8000).replace(/\s+/g, ' ').trim()
}
