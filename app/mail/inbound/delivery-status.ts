import { decodedBytes } from './decode-bytes.ts'
import { statusIn } from './failure-codes.ts'
import { judgeFailure } from './judge-failure.ts'
import type { ReadMail } from './read-mail.ts'
import { linesAboutEach } from './report-lines.ts'
import { actions, type DeliveryAction, type ReportedRecipient } from './verdict.ts'

type Fields = ReadonlyMap<string, string>

const maxRecipients = 200
const reportTypes = new Set(['message/delivery-status', 'message/global-delivery-status'])

/**
 * What the machine-readable parts of a delivery status notification say (RFC 3464, RFC 6533).
 *
 * Forgives missing blank lines and a missing `Final-Recipient` (McAfee gateways).
 */
export function reportedRecipients(mail: ReadMail): ReportedRecipient[] {
  const parts = mail.attachments.filter(({ type }) => reportTypes.has(type))
  return recipientsIn(
    parts.map(({ bytes }) => decodedBytes(bytes)),
    mail,
  )
}

/**
 * The same fields where a report has them elsewhere: in its text (Amazon WorkMail), or in another system's report that it
 * passes on whole (Trend Micro gateways). Only for mail that is a report: people paste such lines, too.
 */
export function embeddedRecipients(mail: ReadMail): ReportedRecipient[] {
  const inText = recipientsIn([mail.text], mail)
  if (inText.length > 0) return inText
  const inner = mail.attachments.filter(({ type }) => type === 'message/rfc822').map(({ bytes }) => decodedBytes(bytes))
  return recipientsIn(inner, mail)
}

function recipientsIn(sources: readonly string[], mail: ReadMail): ReportedRecipient[] {
  const groups = sources
    .flatMap(fieldGroups)
    .filter((fields) => fields.has('final-recipient') || fields.has('original-recipient'))
    .slice(0, maxRecipients)
  const all = groups.map((fields) => addressOf(fields, mail))
  const linesAbout = linesAboutEach(mail.text, all)
  return groups.map((fields, at) => {
    const address = all[at] ?? ''
    return judgeFailure({
      address,
      action: actionOf(fields.get('action') ?? '', fields.get('status') ?? ''),
      status: statusIn(fields.get('status') ?? ''),
      diagnostic: withoutType(fields.get('diagnostic-code') ?? ''),
      report: all.length === 1 ? mail.text : linesAbout(address),
    })
  })
}

/** The groups of `Name: value` lines between blank lines, folded lines joined, names lowercased. */
export function fieldGroups(text: string): Fields[] {
  const groups: Map<string, string>[] = [new Map()]
  let last = ''
  for (const line of text.split(/\r?\n/)) {
    const group = groups.at(-1) ?? new Map<string, string>()
    const field = /^([A-Za-z][A-Za-z0-9-]{0,60}):(.*)$/s.exec(line)
    if (line.trim() === '') {
      if (group.size > 0) groups.push(new Map())
      last = ''
    } else if (/^[ \t]/.test(line) && last !== '') {
      group.set(last, `${group.get(last) ?? ''} ${line.trim()}`)
    } else if (field !== null) {
      last = (field[1] ?? '').toLowerCase()
      if (last === 'final-recipient' && group.has(last)) groups.push(new Map([[last, (field[2] ?? '').trim()]]))
      else if (!group.has(last)) group.set(last, (field[2] ?? '').trim())
    }
  }
  return groups.filter((group) => group.size > 0)
}

function actionOf(written: string, status: string): DeliveryAction {
  const word = /^[a-z]+/.exec(written.trim().toLowerCase())?.[0]
  const action = actions.find((known) => known === word)
  if (action !== undefined) return action
  if (status.startsWith('2')) return 'delivered'
  return status.startsWith('4') && word !== undefined ? 'delayed' : 'failed'
}

// The final recipient can be a pipe or a mailbox file of the other side: then the one that we wrote to is meant.
function addressOf(fields: Fields, mail: ReadMail): string {
  const written = [fields.get('original-recipient'), fields.get('final-recipient'), fields.get('x-actual-recipient')]
  const [original, final] = written.map((value) => plainAddress(value ?? ''))
  return final || original || plainAddress(mail.headers.get('x-failed-recipients') ?? '')
}

/** The address in `rfc822; <a@b>` and the like, lowercased, or an empty string. */
export function plainAddress(value: string): string {
  const bare = withoutType(value).replace(/[<>"]/g, '').trim().toLowerCase()
  return /^[^\s@|/]+@[^\s@]+$/.test(bare) ? bare : ''
}

function withoutType(value: string): string {
  return value.replace(/^\s*[a-z0-9-]{1,30}\s*;\s*/i, '').trim()
}
