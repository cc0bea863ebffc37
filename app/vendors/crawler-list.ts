import { z } from 'zod'

/** What a crawler is for, in neutral words; `unknown` where the list does not say it plainly. */
export const crawlerPurposes = ['training', 'search', 'assistant', 'agent', 'collection', 'unknown'] as const
export type CrawlerPurpose = (typeof crawlerPurposes)[number]

/** One user-agent token of the list; `operator` is null where the list does not name one. */
export type ListedCrawler = {
  token: string
  operator: string | null
  operatorUrl: string | null
  purpose: CrawlerPurpose
}

// `respect`, `frequency` and `description` are not read: they are verdicts or hearsay.
const listSchema = z.record(z.string().min(1), z.object({ operator: z.string(), function: z.string() }))

const markdownLink = /^\[([^\]]+)\]\((https?:[^)\s]+)\)$/

// One firm, several spellings in the list.
const sameFirm: Readonly<Record<string, string>> = {
  'Meta/Facebook': 'Meta',
  Mistral: 'Mistral AI',
  'the Chinese company Huawei': 'Huawei',
  'https://brightdata.com/brightbot': 'Bright Data',
  'https://safe.search.brave.com/help/brave-search-crawler': 'Brave',
  'Large-scale Artificial Intelligence Open Network': 'LAION',
  'Common Crawl Foundation': 'Common Crawl',
  phind: 'Phind',
}

const unnamed = /^(?:unclear|unknown|anyone\b)/i

// 'Amazon, used for ...', 'Google that retrieves ...', 'Cohere to download ...', 'Naget Inc (founded by ...)'.
const trailingSentence = /(?:, | that | to download | \().*$/s

// The first row that fits wins: an assistant that also searches is listed by what it says first.
const purposeWords: ReadonlyArray<readonly [RegExp, CrawlerPurpose]> = [
  [/undocumented|ostensibly|unclear|unknown/i, 'unknown'],
  [/train|LLM scraper|Powers features in Siri|open crawl dataset|experiments/i, 'training'],
  [/agents?$/i, 'agent'],
  [/\bsearch\b/i, 'search'],
  [/AI Assistants|prompt|quer(?:y|ies)|answers|chat/i, 'assistant'],
  [/data|scrape|extract|collect|machine learning/i, 'collection'],
]

/**
 * The crawlers of an ai.robots.txt `robots.json`, one per token: tokens that differ in case only are one,
 * because robots.txt compares them without case (RFC 9309, 2.2.1), and the entry that names its operator is kept.
 *
 * @param list the parsed JSON: an object keyed by user-agent token
 * @returns sorted by token, case ignored
 * @throws ZodError if the list does not have that form
 * @see https://github.com/ai-robots-txt/ai.robots.txt
 */
export function parseCrawlerList(list: unknown): ListedCrawler[] {
  const byToken = new Map<string, ListedCrawler>()
  for (const [token, row] of Object.entries(listSchema.parse(list))) {
    const key = token.toLowerCase()
    const crawler = { token, ...readOperator(row.operator), purpose: readPurpose(row.function) }
    byToken.set(key, preferKnown(byToken.get(key), crawler))
  }
  return [...byToken.values()].toSorted((a, b) => (a.token.toLowerCase() < b.token.toLowerCase() ? -1 : 1))
}

/**
 * Who runs a crawler, from the list's free text: Markdown links opened, sentences cut, one name per firm.
 *
 * @returns nulls where the text names nobody
 */
export function readOperator(text: string): { operator: string | null; operatorUrl: string | null } {
  const link = markdownLink.exec(text.trim())
  const raw = (link?.[1] ?? text).trim()
  const operatorUrl = link?.[2] ?? null
  if (unnamed.test(raw)) return { operator: null, operatorUrl: null }
  const known = sameFirm[raw]
  if (known !== undefined)
    return { operator: known, operatorUrl: operatorUrl ?? (raw.startsWith('https:') ? raw : null) }
  const name = raw.replace(trailingSentence, '')
  return { operator: sameFirm[name] ?? name, operatorUrl }
}

/** What a crawler is for, from the list's free text. */
export function readPurpose(text: string): CrawlerPurpose {
  return purposeWords.find(([words]) => words.test(text))?.[1] ?? 'unknown'
}

function preferKnown(kept: ListedCrawler | undefined, next: ListedCrawler): ListedCrawler {
  if (kept === undefined) return next
  if (kept.operator === null && next.operator !== null) return next
  return kept
}
