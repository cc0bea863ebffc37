import type { Transaction } from '#app/platform/db.server.ts'

/** An address that a holder gave for a vendor whose contact did not work. */
export type Suggestion = {
  id: string
  vendor: string
  slug: string
  holder: string
  address: string
  source: string
  givenAt: Date
}

/** The addresses that wait for an operator, oldest first. */
export function findSuggestions(tx: Transaction, most: number): Promise<Suggestion[]> {
  return tx.$queryRaw<Suggestion[]>`
    select s.id, v.name as vendor, v.slug, o.name as holder, s.address, s.source, s.given_at as "givenAt"
    from contact_suggestion s join vendor v on v.id = s.vendor_id join organisation o on o.id = s.organisation_id
    where s.state = 'open' order by s.id limit ${most}`
}
