import type { Member } from '#app/accounts/viewer.server.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { packsOf } from './filing-facts.ts'
import type { LeftScopes } from './guard-duplicates.server.ts'
import type { FilingToStore, NoticeToStore } from './store-filing.server.ts'
import { takeSteps } from './take-steps.server.ts'

/**
 * Submits the stored notices of a filing. Their ledgers begin with what was frozen: works, measures, bases and the letter's hash.
 *
 * @throws if one of them may not be submitted: the caller has just made them
 */
export async function submitNotices(
  tx: Transaction,
  {
    member,
    filing,
    notices,
    worksSha256,
    left,
  }: {
    member: Member
    filing: FilingToStore
    notices: readonly NoticeToStore[]
    worksSha256: string
    left: LeftScopes
  },
): Promise<void> {
  const { content, signature, bound } = filing
  const { personId, name, email, organisation } = member
  const hashes = new Map(notices.map(({ id, sha256: hash }) => [id, hash]))
  const shared = {
    filing: filing.reference,
    kind: content.kind,
    stance: content.stance ?? '',
    measures: content.measures.map(({ measure }) => measure),
    bases: packsOf(content).map(({ id, version }) => ({ basis: id, version })),
    ...(filing.locations.length > 0 && { locations: locationsFrozen(filing.locations) }),
    ...(filing.shared.length > 0 && { evidence: filing.shared.map(({ sha256: hash }) => hash) }),
    locale: content.locale,
    sendAt: filing.sendAt.toISOString(),
  }
  const scopeOf = (noticeId: string) => ({
    catalogue: bound.choice.catalogueId,
    version: bound.version,
    ...(left.get(noticeId) ?? { works: filing.worksCount, sha256: worksSha256 }),
  })
  const results = await takeSteps(tx, {
    step: 'notice.submitted',
    noticeIds: notices.map(({ id }) => id),
    taker: { channel: 'portal', personId, name, email, organisation },
    prepare: (ready) =>
      Promise.resolve(
        new Map(
          ready.map(({ notice }) => [
            notice.id,
            {
              payload: { ...shared, scope: scopeOf(notice.id), letter: hashes.get(notice.id) ?? '' },
              ...(signature && { facts: { signatory: signature.name, capacity: signature.capacity } }),
            },
          ]),
        ),
      ),
  })
  const [failed] = results.failed
  if (failed) throw new Error(`${failed.reference} could not be submitted: ${failed.because}`)
}

// One line per location, in the letter's order: the hash shows that the list was not changed since.
function locationsFrozen(locations: FilingToStore['locations']): { count: number; sha256: string } {
  return {
    count: locations.length,
    sha256: sha256(locations.map(({ url, work }) => `${url} ${work?.id ?? '-'}\n`).join('')),
  }
}
