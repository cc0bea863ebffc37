import type { Member } from '#app/accounts/viewer.server.ts'
import { readUnsubscribeToken } from '#app/mail/unsubscribe-token.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withNobody, withPerson, type Transaction } from '#app/platform/db.server.ts'
import {
  mailChoicesForm,
  standardChoice,
  topicsOf,
  type MailChoice,
  type MailChoicesForm,
  type MailTopic,
} from './mail-topics.ts'

/** How a person wants to hear of each topic. */
export type MailChoiceOf = Readonly<Record<MailTopic, MailChoice>>

/** A person's choices, and what holds where none was made. */
export function findMailChoices(member: Pick<Member, 'personId'>): Promise<MailChoiceOf> {
  return withPerson(member.personId, async (tx) => {
    const rows = await tx.mailChoice.findMany({ select: { topic: true, choice: true } })
    const chosen = mailChoicesForm.parse(Object.fromEntries(rows.map(({ topic, choice }) => [topic, choice])))
    return {
      'notice-sent': chosen['notice-sent'] ?? standardChoice('notice-sent'),
      'notice-delivered': chosen['notice-delivered'] ?? standardChoice('notice-delivered'),
      'review-started': chosen['review-started'] ?? standardChoice('review-started'),
      'vendor-week': chosen['vendor-week'] ?? standardChoice('vendor-week'),
      'collective-answered': chosen['collective-answered'] ?? standardChoice('collective-answered'),
      'association-week': chosen['association-week'] ?? standardChoice('association-week'),
    }
  })
}

/** Keeps a person's choices. */
export function saveMailChoices(member: Pick<Member, 'personId'>, form: MailChoicesForm): Promise<void> {
  return withPerson(member.personId, (tx) => putChoices(tx, member.personId, form))
}

const digests = ['vendor-week', 'association-week', 'notices-digest'] as const

/** The mails that one click ends. */
export type DigestTopic = (typeof digests)[number]

/** What a token from a mail would end, or has ended. */
export interface Unsubscribed {
  readonly topic: DigestTopic
  /** People with an account find the choice in their settings as well. */
  readonly hasAccount: boolean
}

/** What a token from a mail is for; null when it is not ours. Changes nothing. */
export function readUnsubscribing(token: string): Unsubscribed | null {
  const said = readUnsubscribeToken(token)
  const topic = digests.find((each) => each === said?.topic)
  if (said === null || topic === undefined) return null
  return { topic, hasAccount: 'person' in said.who }
}

/**
 * Ends a digest for whoever it was mailed to, or lets it come again.
 *
 * @returns null when the token is not ours
 */
export async function setUnsubscribed(token: string, ended: boolean): Promise<Unsubscribed | null> {
  const read = readUnsubscribing(token)
  const said = readUnsubscribeToken(token)
  if (read === null || said === null) return null
  const { who } = said
  if ('address' in who)
    await withNobody((tx) => tx.$executeRaw`select set_mail_refusal(${who.address}, ${read.topic}, ${ended}, ${now()})`)
  else {
    const topics: readonly MailTopic[] = topicsOf[sideOfDigest[read.topic]]
    await withPerson(who.person, (tx) => (ended ? end(tx, who.person, topics) : begin(tx, topics)))
  }
  return read
}

const sideOfDigest = {
  'vendor-week': 'vendor',
  'association-week': 'association',
  'notices-digest': 'holder',
} as const satisfies Record<DigestTopic, keyof typeof topicsOf>

// Only what comes in the digest ends: who hears of something at once has asked for that.
async function end(tx: Transaction, personId: string, topics: readonly MailTopic[]): Promise<void> {
  const rows = await tx.mailChoice.findMany({
    where: { choice: { in: ['daily', 'weekly'] } },
    select: { topic: true },
  })
  const later = new Set(rows.map(({ topic }) => topic))
  const inDigest = topics.filter((topic) => standardChoice(topic) === 'weekly' || later.has(topic))
  await putChoices(tx, personId, Object.fromEntries(inDigest.map((topic) => [topic, 'never'] as const)))
}

async function begin(tx: Transaction, topics: readonly MailTopic[]): Promise<void> {
  await tx.mailChoice.updateMany({
    where: { topic: { in: [...topics] }, choice: 'never' },
    data: { choice: 'weekly', chosenAt: now() },
  })
}

async function putChoices(
  tx: Transaction,
  personId: string,
  choices: Partial<Record<string, MailChoice>>,
): Promise<void> {
  const rows = Object.entries(choices).map(([topic, choice]) => ({ topic, choice }))
  await tx.$executeRaw`
    insert into mail_choice (person_id, topic, choice, chosen_at)
    select ${personId}::uuid, topic, choice, ${now()} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c (topic text, choice text)
    on conflict (person_id, topic) do update set choice = excluded.choice, chosen_at = excluded.chosen_at`
}
