import { parseCrawlerList } from '#app/vendors/crawler-list.ts'
import { directoryEntry, type DirectoryEntry } from '#app/vendors/directory.ts'

import robots from './ai-robots-txt/robots.json' with { type: 'json' }
import { americanVendors } from './vendors-americas.ts'
import { asianVendors } from './vendors-asia.ts'
import { crawlingVendors } from './vendors-crawling.ts'
import { europeanVendors } from './vendors-europe.ts'

/** Where the directory's crawlers come from, and the day of the version that is kept (commit 738c80df). */
export const crawlerListSource = { url: 'https://github.com/ai-robots-txt/ai.robots.txt', on: '2026-08-22' }

/** Every real vendor of the directory as public facts; contacts are added and verified by the operator alone. */
export const directoryEntries: readonly DirectoryEntry[] = withCrawlers()

function withCrawlers(): DirectoryEntry[] {
  const crawlers = parseCrawlerList(robots)
  const vendors = [...americanVendors, ...europeanVendors, ...asianVendors, ...crawlingVendors]
  return vendors.map((vendor) => directoryEntry(vendor, crawlers, crawlerListSource))
}
