import { plainAddress } from './delivery-status.ts'
import { statusIn } from './failure-codes.ts'
import { judgeFailure } from './judge-failure.ts'
import type { ReadMail } from './read-mail.ts'
import { linesAboutEach } from './report-lines.ts'
import type { DeliveryAction, ReportedRecipient } from './verdict.ts'

const maxRecipients = 100
const maxLines = 2000
const address = /[^\s<>()[\]"',;:|\\/]{1,80}@[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z0-9-]{2,24}/gi

/** Words in the subject or the first lines of reports that people's own mails do not begin with. */
const reportWords: readonly RegExp[] = [
  /undeliver(?:able|ed)|delivery (?:status|failure|has failed|notification|report|unsuccessful|problem|delayed)|returned mail|failure notice|mail failure/i,
  /mail (?:delivery|system) (?:failed|failure|error|delayed)|message delivery has failed|mail delivery (?:sub)?system|delayed mail|mail failed/i,
  /(?:could not|couldn't|cannot|can't|unable to|not able to|trouble|problem|error) (?:be )?(?:deliver|sending|delivering|reached?)/i,
  /could not (?:send|deliver)|was not delivered|not (?:yet )?been delivered|delayed \d+ (?:hours|minutes)|(?:has been|is) delayed|did not reach|message you sent|cannot send message/i,
  /配信(?:不能|できません|に失敗|エラー)|送信(?:できません|に失敗|エラー)|エラーメール|不達/,
  /non remis|échec de (?:la )?remise|unzustellbar|nicht zugestellt|zustellung .{0,20}fehlgeschlagen|non recapitabile|mancata consegna/i,
  /no se (?:pudo|ha podido) entregar|não (?:foi|pôde ser) entregue|onbestelbaar|niet (?:worden )?bezorgd|niedostarczon|kunde inte levereras/i,
  /не (?:может быть|удалось|было) доставлен|недоставленное|не доставлено|退信|投递失败|无法投递|傳遞失敗|전송 ?실패|배달되지/i,
]
const daemons = /^(?:mailer-?daemon|postmaster|mail-?daemon|mailerdaemon|postoffice|mdaemon)(?:[+@]|$)/i
const delayed =
  /warning message only|do not need to resend|no need to resend|has been delayed|is delayed for|not yet been delivered|will be retried|will (?:continue|keep) trying|status notification \((?:delay|warning)|delayed \d+ (?:hours|minutes)|notification: (?:warning|delayed)|配信が?遅延/i

/** Whether a mail without a machine-readable report is one all the same. */
export function isWrittenReport(mail: ReadMail, envelopeFrom: string | undefined, report: string): boolean {
  if (mail.headers.has('x-failed-recipients')) return true
  const beginning = `${mail.subject}\n${report.slice(0, 1500)}`
  const worded = reportWords.some((words) => words.test(beginning))
  const from = mail.from?.address ?? ''
  return worded && (from === '' || daemons.test(from) || hasNullSender(mail, envelopeFrom))
}

/** Whether the mail was sent with the empty return path that is kept for reports (RFC 5321 section 4.5.5). */
export function hasNullSender(mail: ReadMail, envelopeFrom: string | undefined): boolean {
  if (envelopeFrom !== undefined) return envelopeFrom === '' || envelopeFrom === '<>'
  return /^<\s*>$/.test((mail.headers.get('return-path') ?? '').trim())
}

/** What a report in sentences says of each recipient: qmail, Exim, Exchange, Domino, the Japanese carriers and others. */
export function writtenRecipients(
  mail: ReadMail,
  report: string,
  returned: ReadonlyMap<string, string>,
): ReportedRecipient[] {
  const action: DeliveryAction = delayed.test(`${mail.subject}\n${report.slice(0, 4000)}`) ? 'delayed' : 'failed'
  const lines = report.split('\n').slice(0, maxLines)
  const named = namedRecipients(mail, lines, returned)
  const linesAbout = linesAboutEach(report, named)
  return named.map((recipient) => {
    const own = linesAbout(recipient)
    return judgeFailure({
      address: recipient,
      action,
      status: statusIn(own),
      diagnostic: own,
      report: named.length === 1 ? report : own,
    })
  })
}

function namedRecipients(mail: ReadMail, lines: readonly string[], returned: ReadonlyMap<string, string>): string[] {
  const failed = addressesIn(mail.headers.get('x-failed-recipients') ?? '')
  if (failed.length > 0) return failed
  const ours = new Set([...addressesIn(returned.get('from') ?? ''), ...addressesIn(returned.get('return-path') ?? '')])
  const system = (mail.from?.address ?? '').toLowerCase()
  const others = (found: string[]): string[] =>
    [...new Set(found)].filter((one) => !ours.has(one) && one !== system).slice(0, maxRecipients)
  const leading = others(lines.flatMap((line) => leadingAddress(line, leads)))
  if (leading.length > 0) return leading
  const labelled = others(lines.flatMap((line) => leadingAddress(line, sentTo)))
  if (labelled.length > 0) return labelled
  const anywhere = others(lines.filter((line) => !aside.test(line)).flatMap(addressesIn))
  if (anywhere.length > 0) return anywhere
  const original = addressesIn(returned.get('to') ?? '')
  return original.length > 0 ? original.slice(0, maxRecipients) : ['']
}

// Lines that name someone else: whom to ask, who sent.
const aside = /contact|support|assist|help|envelope-from|\bfrom\b|sender|postmaster|https?:|message-id|MAIL From/i

// "<a@b>:", "a@b", "Recipient: <a@b>", "554 <a@b>... User unknown", "RCPT TO:<a@b>"
const written = String.raw`["'<]?([^\s<>"',;:()|]{1,80}@[a-z0-9.-]{3,255})[">']?\s*(?:[:.,(;]|$|on |<mailto|\.\.\.|invalid)`
const label = String.raw`(?:recipient(?: address)?|addressed to|address|unknown user|rcpt to|宛先|[45]\d\d(?: [45]\.\d+\.\d+)?)`
const leads = new RegExp(String.raw`^[\s>*|-]*(?:${label}\s*:?\s*)?${written}`, 'i')
// Reports also sum up our mail ("To: ...", "Subject: ..."): believed only where no other line names a recipient.
const sentTo = new RegExp(String.raw`^[\s>*|-]*(?:to|an|à|para|a)\s*:\s*${written}`, 'i')

function leadingAddress(line: string, pattern: RegExp): string[] {
  if (/MAIL From/i.test(line)) return []
  const found = plainAddress((pattern.exec(line.slice(0, 500))?.[1] ?? '').replace(/\.+$/, ''))
  return found === '' ? [] : [found]
}

function addressesIn(text: string): string[] {
  return (text.slice(0, 2000).match(address) ?? []).map((found) => found.toLowerCase().replace(/\.+$/, ''))
}
