import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatDay, formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { address, day } from './facts.ts'

/** What every mail about a mandate needs to know. */
export const mandateFacts = z.object({
  /** The side that reads it. */
  reader: z.enum(['association', 'member']),
  association: z.string(),
  member: z.string(),
  /** Their names in the other script: the mail takes the one that its reader can read. */
  associationOther: z.string().nullish(),
  memberOther: z.string().nullish(),
  scopes: z.array(z.enum(['view', 'file', 'swear'])).min(1),
  startsOn: day,
  endsOn: day.nullable(),
  /** Notices that were withdrawn because nothing covers them any more. */
  stopped: z.int().nonnegative(),
  url: address,
})

/** The same, as a type. */
export type MandateFacts = z.infer<typeof mandateFacts>

/** The organisation of the reader, and the other one. */
export function sidesOf(facts: MandateFacts): { own: string; other: string } {
  const { association, member } = namesIn(facts)
  return facts.reader === 'association' ? { own: association, other: member } : { own: member, other: association }
}

function namesIn({ association, associationOther, member, memberOther }: MandateFacts) {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  return {
    association: nameIn(locale, association, associationOther ?? null),
    member: nameIn(locale, member, memberOther ?? null),
  }
}

/** The frame of a mail about a mandate: what happened, what the mandate allows, and one button. */
export function aboutMandate(
  facts: MandateFacts,
  { title, said, act }: { title: string; said: readonly string[]; act: string },
): Content {
  const { own } = sidesOf(facts)
  const stopped =
    facts.stopped === 0 ? [] : [m.mandates_mail_stopped({ count: facts.stopped, number: formatNumber(facts.stopped) })]
  return account({
    kicker: m.mandates_mail_kicker(),
    name: null,
    url: facts.url,
    title,
    preview: said[0] ?? title,
    text: [...said, ...stopped],
    act,
    foot: m.mandates_mail_foot({ organisation: own }),
  })
}

/** What a mandate allows and for how long, in one sentence. */
export function allowed(facts: MandateFacts): string {
  const { scopes, startsOn, endsOn } = facts
  const sides = { ...namesIn(facts), start: formatDay(startsOn) }
  const what = scopes.includes('swear')
    ? m.mandates_mail_allows_swear(sides)
    : scopes.includes('file')
      ? m.mandates_mail_allows_file(sides)
      : m.mandates_mail_allows_view(sides)
  return endsOn === null
    ? `${what}${m.mandates_mail_open_end()}`
    : `${what}${m.mandates_mail_until({ end: formatDay(endsOn) })}`
}
