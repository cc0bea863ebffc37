import { z } from 'zod'

import type { Transaction } from '#app/platform/db.server.ts'

import { correctionKinds, type CorrectionKind } from './correction-forms.ts'

/** A suggestion that waits for the operator. */
export type OpenCorrection = {
  id: string
  vendor: { slug: string; name: string }
  organisation: string
  kind: CorrectionKind
  value: string
  sourceUrl: string
  note: string | null
  createdAt: Date
}

/** A claim that waits for the operator: another organisation has the entry. */
export type OpenClaim = {
  id: string
  vendor: { slug: string; name: string }
  organisation: { slug: string; name: string }
  domain: string
  createdAt: Date
}

const kind = z.enum(correctionKinds)

/** A page of the suggestions that wait, oldest first: row-level security shows them to operators. */
export async function findOpenCorrections(
  tx: Transaction,
  { after, most }: { after: string | null; most: number },
): Promise<{ corrections: OpenCorrection[]; next: string | null }> {
  const rows = await tx.$queryRaw<(Omit<OpenCorrection, 'kind'> & { kind: string })[]>`
    select c.id, jsonb_build_object('slug', v.slug, 'name', v.name) as vendor, o.name as organisation, c.kind, c.value,
      c.source_url as "sourceUrl", c.note, c.created_at as "createdAt"
    from vendor_correction c join vendor v on v.id = c.vendor_id join organisation o on o.id = c.organisation_id
    where c.state = 'open' and (${after}::uuid is null or c.id > ${after}::uuid) order by c.id limit ${most + 1}`
  const corrections = rows.slice(0, most).map((row) => ({ ...row, kind: kind.parse(row.kind) }))
  return { corrections, next: rows.length > most ? (corrections.at(-1)?.id ?? null) : null }
}

/** Up to a hundred claims that wait, oldest first. */
export async function findOpenClaims(tx: Transaction): Promise<OpenClaim[]> {
  return tx.$queryRaw<OpenClaim[]>`
    select c.id, jsonb_build_object('slug', v.slug, 'name', v.name) as vendor,
      jsonb_build_object('slug', o.slug, 'name', o.name) as organisation, c.domain, c.created_at as "createdAt"
    from vendor_claim c join vendor v on v.id = c.vendor_id join organisation o on o.id = c.organisation_id
    where c.settled_at is null order by c.id limit 100`
}
