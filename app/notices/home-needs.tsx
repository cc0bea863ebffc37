import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatDateTime, formatDay, formatNumber } from '#app/ui/format.ts'
import { Icon } from '#app/ui/icon.tsx'
import type { IconName, Tone } from '#app/ui/icons.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Section } from '#app/ui/section.tsx'
import type { Home, Trouble } from './find-home.server.ts'
import { noticesAddress } from './notices-query.ts'

interface Need {
  readonly key: string
  readonly icon: IconName
  readonly tone: Tone
  readonly title: string
  readonly text: string
  readonly href: string
  readonly act: string
}

/** What waits for the organisation, the most urgent first, one act each. */
export function HomeNeeds({ home, timeZone }: { home: Home; timeZone: string }) {
  const needs = needsOf(home, timeZone)
  const aside = needs.length > 0 ? m.notices_home_needs_count({ count: formatNumber(needs.length) }) : undefined
  return (
    <Section id="needs" title={m.notices_home_needs()} {...(aside && { aside })}>
      {needs.length === 0 ? (
        <Empty>{m.notices_home_nothing()}</Empty>
      ) : (
        <ul className="needs">{needs.map((need) => item(need))}</ul>
      )}
    </Section>
  )
}

function item({ key, icon, tone, title, text, href, act }: Need): ReactNode {
  return (
    <li key={key}>
      <span className={`st ${tone}`}>
        <Icon name={icon} />
      </span>
      <div>
        <b>{title}</b>
        <p>{text}</p>
      </div>
      <LinkButton href={href}>{act}</LinkButton>
    </li>
  )
}

function needsOf(home: Home, timeZone: string): Need[] {
  return [
    ...home.bounced.map((trouble) => bouncedNeed(trouble)),
    ...home.unresponsive.map((trouble) => unresponsiveNeed(trouble)),
    ...home.asked.map((trouble) => askedNeed(trouble)),
    ...home.undecided.map((trouble) => lateNeed(trouble, 'decision')),
    ...home.unacknowledged.map((trouble) => lateNeed(trouble, 'acknowledgement')),
    ...approvalsNeed(home.approvals),
    ...decidedNeed(home.decided),
    ...home.waiting.map((filing) => waitingNeed(filing, timeZone)),
    ...draftsNeed(home.drafts),
  ]
}

function bouncedNeed(trouble: Trouble): Need {
  return {
    key: `bounced ${trouble.vendorId}`,
    icon: 'w-bounced',
    tone: 'late',
    title: m.notices_home_bounced({ vendor: nameOf(trouble) }),
    text: m.notices_home_bounced_text(counts(trouble)),
    href: `/vendors/${trouble.slug}/fix-contact`,
    act: m.notices_home_bounced_act(),
  }
}

function unresponsiveNeed(trouble: Trouble): Need {
  return {
    key: `unresponsive ${trouble.vendorId}`,
    icon: 'w-overdue',
    tone: 'late',
    title: m.clocks_home_unresponsive({ vendor: nameOf(trouble) }),
    text: m.clocks_home_unresponsive_text(counts(trouble)),
    href: noticesAddress({ overdue: 'unresponsive', party: trouble.vendorId }),
    act: m.notices_home_look(),
  }
}

function askedNeed(trouble: Trouble): Need {
  return {
    key: `asked ${trouble.vendorId}`,
    icon: 's-clarify',
    tone: 'question',
    title: m.questions_home_asked({ vendor: nameOf(trouble) }),
    text: m.questions_home_asked_text(counts(trouble)),
    href: noticesAddress({ stage: 'clarification_needed', party: trouble.vendorId }),
    act: m.questions_answer_open(),
  }
}

function lateNeed(trouble: Trouble, overdue: 'acknowledgement' | 'decision'): Need {
  const vendor = nameOf(trouble)
  const date = trouble.since === null ? '' : formatDay(trouble.since)
  return {
    key: `${overdue} ${trouble.vendorId}`,
    icon: 'w-overdue',
    tone: 'late',
    title: overdue === 'decision' ? m.notices_home_undecided({ vendor }) : m.notices_home_unacknowledged({ vendor }),
    text: m.notices_home_late_text({ ...counts(trouble), date }),
    href: noticesAddress({ overdue, party: trouble.vendorId }),
    act: m.notices_home_look(),
  }
}

function approvalsNeed({ count, first }: Home['approvals']): Need[] {
  if (first === null) return []
  const { reference, name } = first
  const notices = m.notices_notices({ count: formatNumber(first.notices) })
  return [
    {
      key: 'approvals',
      icon: 's-approval',
      tone: 'ink',
      title: m.approvals_home_title({ count: formatNumber(count), n: count }),
      text:
        name === null
          ? m.approvals_home_text_someone({ reference, notices })
          : m.approvals_home_text({ reference, notices, name }),
      href: count === 1 ? `/approvals/${reference}` : '/approvals',
      act: m.approvals_home_act(),
    },
  ]
}

function decidedNeed({ count, firstLapse }: Home['decided']): Need[] {
  if (count === 0) return []
  return [
    {
      key: 'decided',
      icon: 's-decided',
      tone: 'ink',
      title: m.notices_home_decided({ count: formatNumber(count) }),
      text: firstLapse === null ? '' : m.notices_home_decided_text({ date: formatDay(firstLapse) }),
      href: noticesAddress({ stage: 'decided' }),
      act: m.notices_home_decided_act(),
    },
  ]
}

function waitingNeed({ reference, notices, sendAt }: Home['waiting'][number], timeZone: string): Need {
  return {
    key: `waiting ${reference}`,
    icon: 's-queued',
    tone: 'ink',
    title: m.notices_home_waiting({ time: formatDateTime(sendAt, timeZone) }),
    text: m.notices_home_waiting_text({ reference, notices: m.notices_notices({ count: formatNumber(notices) }) }),
    href: `/filings/${reference}`,
    act: m.notices_now_recall(),
  }
}

function draftsNeed(drafts: number): Need[] {
  if (drafts === 0) return []
  return [
    {
      key: 'drafts',
      icon: 's-draft',
      tone: 'ink',
      title: m.notices_home_drafts({ count: formatNumber(drafts) }),
      text: m.notices_home_drafts_text(),
      href: '/filings',
      act: m.notices_home_drafts_act(),
    },
  ]
}

function counts({ count, works }: Trouble): { notices: string; works: string } {
  return {
    notices: m.notices_notices({ count: formatNumber(count) }),
    works: m.notices_works({ count: formatNumber(works) }),
  }
}

function nameOf({ name, nameOther }: Trouble): string {
  return nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther)
}
