import { z } from 'zod'
import { roleWords } from '#app/accounts/account-words.ts'
import { roles } from '#app/accounts/roles.ts'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatDayInFull, formatNumber } from '#app/ui/format.ts'
import { oneLine } from '#app/notices/letter-words.ts'
import type { Block, Content, Line } from './blocks.ts'
import { instantInZones } from './dates.ts'
import type { ActFacts, NoticeFacts } from './facts.ts'

// Choosing a plural form costs as much as drawing a paragraph, and every mail says its works several times.
const counted = new Map<string, string>()

/** `176 works`, 176作品. */
export function worksOf(count: number): string {
  const key = `${getLocale()} ${count}`
  const known = counted.get(key)
  if (known !== undefined) return known
  if (counted.size > 1000) counted.clear()
  const words = m.mails_works({ count: formatNumber(count), n: count })
  counted.set(key, words)
  return words
}

/** `528 answers`, 528件: works times measures. */
export function answersOf(count: number): string {
  return m.mails_answers({ count: formatNumber(count), n: count })
}

/** A subject is one plain fact; the reference ends it, so that it is found by searching and never cut from the front. */
export function withReference(fact: string, reference: string): string {
  return `${clipped(oneLine(fact))} [${reference}]`
}

const asks = {
  exclusion: m.mails_asks_exclusion,
  cease_and_desist: m.mails_asks_cease_and_desist,
  takedown: m.mails_asks_takedown,
} as const satisfies Record<NoticeFacts['kind'], unknown>

/** Who asks whom what: the sentence that names a notice. */
export function whoAsksWhat({ kind, holder, vendor, works }: NoticeFacts): string {
  return asks[kind]({ holder: holder.name, vendor: vendor.name, works: worksOf(works) })
}

/** How the rights holder was verified, or that it was not. */
export function howVerified({ name, verified }: NoticeFacts['holder']): string {
  if (verified === null) return m.mails_verified_not({ name })
  const on = formatDayInFull(verified.on)
  if (verified.proven !== undefined && verified.domain !== null)
    return m.security_mail_verified_proven({
      name,
      proven: (verified.proven === 'dns' ? m.security_domain_proven_dns : m.security_domain_proven_file)({
        domain: verified.domain,
        date: on,
      }),
    })
  if (verified.how === 'domain' && verified.domain !== null)
    return m.mails_verified_domain({ name, domain: verified.domain, on })
  return m.mails_verified_otherwise({ name, on, how: verified.how })
}

/** The small print of every mail about a notice: how to check it by hand, and how its sender is verified. */
export function checkByHand(facts: NoticeFacts): Line[] {
  const { reference, verify } = facts
  return [
    [m.mails_check_by_hand({ reference, code: verify.code, address: verify.address })],
    [howVerified(facts.holder)],
  ]
}

const channels = {
  portal: m.mails_channel_portal,
  mail_link: m.mails_channel_mail_link,
  api: m.mails_channel_api,
  system: m.mails_channel_system,
} as const satisfies Record<ActFacts['channel'], unknown>

/** By whom, when and through which door: the rows under what happened. */
export function actRows({ by, role, at, channel, zones }: ActFacts): { label: string; line: Line }[] {
  const who =
    by === null
      ? []
      : [
          {
            label: m.mails_row_by(),
            line: [role === null ? by : m.mails_person_with_role({ by, role: roleWord(role) })],
          },
        ]
  return [
    ...who,
    { label: m.mails_row_at(), line: [instantInZones(at, zones)] },
    { label: m.mails_row_channel(), line: [channels[channel]()] },
  ]
}

// Members act in a role of the portal, the others in the one they wrote themselves.
function roleWord(role: string): string {
  const { data } = z.enum(roles).safeParse(role)
  return data === undefined ? role : roleWords[data]().toLowerCase()
}

/** The frame of a mail that tells what happened to a notice: what, the rows, one button, and how to check it. */
export function progress(
  facts: NoticeFacts,
  { title, preview, blocks, act }: { title: string; preview: string; blocks: readonly Block[]; act?: string },
): Content {
  return {
    kicker: m.mails_kicker_progress(),
    reference: facts.reference,
    title,
    preview,
    blocks: [
      ...blocks,
      { kind: 'act', label: act ?? m.mails_open_notice(), href: facts.url },
      { kind: 'section', title: m.mails_which_notice() },
      { kind: 'line', line: [whoAsksWhat(facts)] },
    ],
    foot: checkByHand(facts),
  }
}

/** A very long name must not push the reference out of the subject. */
function clipped(fact: string): string {
  const characters = Array.from(fact)
  return characters.length <= 200 ? fact : `${characters.slice(0, 199).join('')}…`
}
