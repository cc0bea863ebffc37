import { countedAs } from '#app/platform/client-address.server.ts'
import { withNobody } from '#app/platform/db.server.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'
import { parseReference } from './reference.ts'

/** What anybody may learn of a genuine notice, and nothing else. */
export interface GenuineNotice {
  readonly reference: string
  readonly holder: string
  readonly verifiedHow: string | null
  readonly verifiedAt: Date | null
  readonly vendor: string
  /** The domain to which it was sent, without the mailbox. */
  readonly domain: string | null
  readonly servedAt: Date | null
  readonly letterSha256: string | null
  readonly withdrawn: boolean
}

type Row = {
  reference: string
  holder: string
  verified_how: string | null
  verified_at: Date | null
  vendor: string
  recipient_domain: string | null
  served_at: Date | null
  letter_sha256: string | null
  stage: string
}

/** What came of a look: the notice, null where there is none, or too many looks. */
export type NoticeVerified =
  | { readonly allowed: true; readonly notice: GenuineNotice | null }
  | { readonly allowed: false; readonly because: 'too-many'; readonly retryAfterSeconds: number }

/**
 * Whether a notice is genuine. Only reference and code together say so; a wrong one of the two is told like two wrong ones.
 * Looks are counted by network address, so that codes cannot be tried through.
 *
 * @param typed as somebody typed them from the mail: any case, spaces and hyphens forgiven
 */
export async function verifyNotice(
  typed: { reference: string; code: string },
  clientAddress: string,
): Promise<NoticeVerified> {
  const counted = await countTry('verify client', countedAs(clientAddress))
  return counted.allowed ? { allowed: true, notice: await findGenuine(typed) } : counted
}

async function findGenuine(typed: { reference: string; code: string }): Promise<GenuineNotice | null> {
  const reference = parseReference(typed.reference)?.reference
  // A code is drawn like a reference without its letters, so it forgives the same slips.
  const code = parseReference(typed.code)?.reference.replace(/^CAV-/, '')
  if (reference === undefined || code === undefined) return null
  const [row] = await withNobody((tx) => tx.$queryRaw<Row[]>`select * from verify_notice(${reference}, ${code})`)
  if (row === undefined) return null
  return {
    reference: row.reference,
    holder: row.holder,
    verifiedHow: row.verified_how,
    verifiedAt: row.verified_at,
    vendor: row.vendor,
    domain: row.recipient_domain,
    servedAt: row.served_at,
    letterSha256: row.letter_sha256,
    withdrawn: row.stage === 'withdrawn',
  }
}
