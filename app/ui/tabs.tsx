import { formatNumber } from './format.ts'

/** One view of the rows below, with how many it holds. */
export interface Tab {
  readonly key: string
  readonly label: string
  readonly href: string
  readonly count?: number
}

/** Views of the table below them; each counts its rows. They are links: a view has an address. */
export function Tabs({ tabs, chosen, label }: { tabs: readonly Tab[]; chosen: string; label: string }) {
  return (
    <nav className="seg" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.key} href={tab.href} aria-current={tab.key === chosen ? 'true' : undefined}>
          {tab.label}
          {tab.count !== undefined && ` ${formatNumber(tab.count)}`}
        </a>
      ))}
    </nav>
  )
}
