import { gatherMails, type ToGather } from '#app/mail/gather-mails.server.ts'
import type { Duty, Recipient } from '#app/mail/mail-handlers.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { isDigestable } from './gathered-mails.ts'
import { digestDay, type MailChoice } from './mail-topics.ts'

type Chosen = { person_id: string; topic: string; choice: MailChoice; time_zone: string }

/**
 * Leaves out of these recipients the people who want to hear of it later or not at all; for later a line waits in the
 * digest of their next morning or Monday. What may not be missed, and mails to contacts, go on as they are.
 */
export async function withChoices(
  tx: Transaction,
  duties: readonly Duty[],
  recipients: readonly Recipient[],
): Promise<readonly Recipient[]> {
  const dutyOf = new Map(duties.filter(({ kind }) => isDigestable(kind)).map((duty) => [duty.id, duty]))
  const people = recipients.filter(({ dutyId }) => dutyOf.has(dutyId)).flatMap(({ personId }) => personId ?? [])
  if (people.length === 0) return recipients
  const choices = await tx.$queryRaw<Chosen[]>`
    select c.person_id, c.topic, c.choice, p.time_zone from mail_choice c join person p on p.id = c.person_id
    where c.person_id = any(${people}::uuid[]) and c.choice <> 'at_once'`
  if (choices.length === 0) return recipients
  const chosen = new Map(choices.map((each) => [`${each.person_id} ${each.topic}`, each]))
  const later: ToGather[] = []
  const atOnce = recipients.filter(({ dutyId, personId }) => {
    const duty = dutyOf.get(dutyId)
    const choice = duty && chosen.get(`${personId} ${duty.kind}`)
    if (!choice) return true
    later.push(...digestOf(duty, choice))
    return false
  })
  await gatherMails(tx, later, now())
  return atOnce
}

function digestOf({ noticeId, eventSequence, kind }: Duty, chosen: Chosen): readonly ToGather[] {
  const { choice, person_id, time_zone } = chosen
  if (choice === 'never' || choice === 'at_once' || noticeId === null || eventSequence === null) return []
  const slot = (at: string) => {
    const { day, from } = digestDay(choice, at, time_zone)
    return { day, notBefore: new Date(from) }
  }
  return [
    {
      kind: 'notices-digest',
      audience: 'person',
      personId: person_id,
      ...slot(now().toISOString()),
      lines: [{ noticeId, sequence: eventSequence, kind }],
      later: (day) => slot(`${day}T23:59:59.999Z`),
    },
  ]
}
