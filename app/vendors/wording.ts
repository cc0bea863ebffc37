import { m } from '#app/generated/messages/messages.js'

import type { ContactChannel, ContactFault, ContactHealth, ContactPurpose } from './contact.ts'
import type { CrawlerPurpose } from './crawler-list.ts'
import type { FactKind } from './directory.ts'

/** What each kind of fact is called. */
export const factWords = {
  native_name: () => m.vendors_fact_native_name(),
  legal_entity: () => m.vendors_fact_legal_entity(),
  country: () => m.vendors_fact_country(),
  website: () => m.vendors_fact_website(),
  product: () => m.vendors_fact_product(),
  model: () => m.vendors_fact_model(),
  crawler: () => m.vendors_fact_crawler(),
} satisfies Record<FactKind, () => string>

/** One fact of a kind, inside a sentence. */
export const kindWords = {
  native_name: () => m.vendors_kind_native_name(),
  legal_entity: () => m.vendors_kind_legal_entity(),
  country: () => m.vendors_kind_country(),
  website: () => m.vendors_kind_website(),
  product: () => m.vendors_kind_product(),
  model: () => m.vendors_kind_model(),
  crawler: () => m.vendors_kind_crawler(),
} satisfies Record<FactKind, () => string>

/** What a suggestion is about: a fact, or something else. */
export function correctionWord(kind: FactKind | 'other'): string {
  return kind === 'other' ? m.security_correction_other() : factWords[kind]()
}

/** What a crawler is for. */
export const crawlerWords = {
  training: () => m.vendors_crawler_training(),
  search: () => m.vendors_crawler_search(),
  assistant: () => m.vendors_crawler_assistant(),
  agent: () => m.vendors_crawler_agent(),
  collection: () => m.vendors_crawler_collection(),
  unknown: () => m.vendors_crawler_unknown(),
} satisfies Record<CrawlerPurpose, () => string>

/** What a contact answers for. */
export const purposeWords = {
  legal_notices: () => m.vendors_purpose_legal_notices(),
  licensing: () => m.vendors_purpose_licensing(),
  takedown: () => m.vendors_purpose_takedown(),
} satisfies Record<ContactPurpose, () => string>

/** How a contact is reached. */
export const channelWords = {
  email: () => m.vendors_channel_email(),
  web_form: () => m.vendors_channel_web_form(),
  post: () => m.vendors_channel_post(),
  api: () => m.vendors_channel_api(),
} satisfies Record<ContactChannel, () => string>

const faultWords = {
  none: () => m.vendors_fault_none(),
  retired: () => m.vendors_fault_retired(),
  'not-verified': () => m.vendors_fault_not_verified(),
  'no-email': () => m.vendors_fault_no_email(),
  'last-send-failed': () => m.vendors_fault_last_send_failed(),
} satisfies Record<ContactFault | 'none', () => string>

const todoWords = {
  none: () => m.vendors_todo_none(),
  retired: () => m.vendors_todo_retired(),
  'not-verified': () => m.vendors_todo_not_verified(),
  'no-email': () => m.vendors_todo_no_email(),
  'last-send-failed': () => m.vendors_todo_last_send_failed(),
} satisfies Record<ContactFault | 'none', () => string>

/** Whether a contact works, in a word or two. */
export function healthWord(health: ContactHealth | { working: false; because: 'none' }): string {
  return health.working ? m.vendors_health_working() : faultWords[health.because]()
}

/** What it means that a vendor's contact does not work, and who puts it right. */
export function whatToDo(fault: ContactFault | 'none'): string {
  return todoWords[fault]()
}

/** A country's name in the reader's language; the code itself where it has none. */
export function countryName(code: string, locale: 'en' | 'ja'): string {
  return new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(code) ?? code
}

/** The crawler's purpose that a note of the directory holds. */
export function crawlerPurposeWord(note: string | null): string {
  const words: Readonly<Record<string, () => string>> = crawlerWords
  return (words[note ?? 'unknown'] ?? crawlerWords.unknown)()
}
