import type { ProvenDomain } from '#app/accounts/domain-words.ts'

import type { ContactFacts } from './contact.ts'
import type { FactKind } from './directory.ts'

/** A vendor's contact as pages show it. */
export type VendorContact = ContactFacts & {
  id: string
  address: string
  region: string | null
  locale: 'en' | 'ja'
  verifiedHow: string | null
  lastFailure: string | null
}

/** One fact of an entry, or one that was taken out. */
export type VendorFact = {
  id: string
  kind: FactKind
  value: string
  note: string | null
  sourceUrl: string | null
  /** The day the source was read, `2026-08-22`. */
  sourceOn: string | null
  byOperator: boolean
  createdAt: Date
  retiredAt: Date | null
}

/** Who has claimed an entry, and how it proved itself. */
export type VendorClaim = {
  organisation: string
  organisationOther: string | null
  verifiedAt: Date | null
  verifiedHow: string | null
} & ProvenDomain

/** A row of the directory's list. */
export type VendorRow = {
  id: string
  slug: string
  name: string
  nameOther: string | null
  isInvented: boolean
  country: string | null
  products: string[]
  crawlers: number
  contacts: ContactFacts[]
  /** Notices of the reader's organisation with this vendor. */
  notices: number
}

/** A whole entry of the directory. */
export type VendorEntry = {
  id: string
  slug: string
  name: string
  nameOther: string | null
  isInvented: boolean
  claim: VendorClaim | null
  facts: VendorFact[]
  /** Facts that the operator took out or that a newer list no longer holds, latest first. */
  formerFacts: VendorFact[]
  contacts: VendorContact[]
  notices: number
}

/** What the list of the directory can be narrowed to. */
export type VendorFilter = { search: string; contact: 'any' | 'working' | 'lacking' }
