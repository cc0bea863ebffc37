import { z } from 'zod'

import { crawlerPurposes, type ListedCrawler } from './crawler-list.ts'

/** What the directory may say about a vendor, one row per fact. Contacts are not facts: nobody invents them. */
export const factKinds = ['native_name', 'legal_entity', 'country', 'website', 'product', 'model', 'crawler'] as const
export type FactKind = (typeof factKinds)[number]

/** Where a fact was read and on which day; null says that the source is not known. */
export const factSourceSchema = z.object({ url: z.url({ protocol: /^https?$/ }), on: z.iso.date() }).nullable()
export type FactSource = z.infer<typeof factSourceSchema>

/** One fact. `note` is a crawler's purpose and null for every other kind. */
export const factSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['native_name', 'legal_entity', 'product', 'model']),
    value: z.string().trim().min(1).max(200),
    note: z.null(),
    source: factSourceSchema,
  }),
  z.object({
    kind: z.literal('country'),
    value: z.string().regex(/^[A-Z]{2}$/),
    note: z.null(),
    source: factSourceSchema,
  }),
  z.object({
    kind: z.literal('website'),
    value: z.url({ protocol: /^https?$/ }),
    note: z.null(),
    source: factSourceSchema,
  }),
  z.object({
    kind: z.literal('crawler'),
    value: z.string().trim().min(1).max(200),
    note: z.enum(crawlerPurposes),
    source: factSourceSchema,
  }),
])
export type Fact = z.infer<typeof factSchema>

/** One vendor of the directory as public facts. A kind without a fact is not known. */
export const directoryEntrySchema = z.object({
  slug: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .max(60),
  name: z.string().trim().min(1).max(200),
  nameOther: z.string().trim().min(1).max(200).nullable(),
  facts: z.array(factSchema),
})
export type DirectoryEntry = z.infer<typeof directoryEntrySchema>

/**
 * What the house knows of a vendor from general knowledge, so without a source; left out where it is not certain.
 * `operator` is the name under which the crawler list knows the vendor.
 */
export type KnownVendor = {
  slug: string
  name: string
  /** For readers of Japanese, or in Latin letters where `name` is Japanese. */
  nameOther?: string
  /** As it writes itself in a third script: Chinese characters are no Japanese name because a Japanese reader knows them. */
  nativeName?: string
  legalEntity?: string
  country?: string
  website?: string
  products?: readonly string[]
  models?: readonly string[]
  operator?: string
}

/**
 * Joins what is known of a vendor with its crawlers. Crawlers, and a website that the list itself names,
 * carry the list as source; all else says that its source is not known.
 *
 * @param crawlers of `parseCrawlerList`
 * @param source the crawler list's address and day
 */
export function directoryEntry(
  vendor: KnownVendor,
  crawlers: readonly ListedCrawler[],
  source: FactSource,
): DirectoryEntry {
  const own = crawlers.filter((crawler) => vendor.operator !== undefined && crawler.operator === vendor.operator)
  const { website } = vendor
  return {
    slug: vendor.slug,
    name: vendor.name,
    nameOther: vendor.nameOther ?? null,
    facts: [
      ...plain('native_name', vendor.nativeName === undefined ? [] : [vendor.nativeName]),
      ...plain('legal_entity', vendor.legalEntity === undefined ? [] : [vendor.legalEntity]),
      ...plain('country', vendor.country === undefined ? [] : [vendor.country]),
      ...(website === undefined
        ? []
        : [{ kind: 'website' as const, value: website, note: null, source: isNamedBy(own, website) ? source : null }]),
      ...plain('product', vendor.products ?? []),
      ...plain('model', vendor.models ?? []),
      ...own.map((crawler) => ({ kind: 'crawler' as const, value: crawler.token, note: crawler.purpose, source })),
    ],
  }
}

function plain(
  kind: 'native_name' | 'legal_entity' | 'country' | 'product' | 'model',
  values: readonly string[],
): Fact[] {
  return values.map((value) => ({ kind, value, note: null, source: null }))
}

function isNamedBy(crawlers: readonly ListedCrawler[], website: string): boolean {
  const host = bareHost(website)
  return crawlers.some(({ operatorUrl }) => operatorUrl !== null && bareHost(operatorUrl) === host)
}

function bareHost(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '')
}
