import { m } from '#app/generated/messages/messages.js'
import { Facts } from '#app/ui/facts.tsx'
import { formatDate } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { GenuineNotice } from './verify-notice.server.ts'

/** That a notice is genuine, with all that a stranger may know of it. Instants in UTC: who asks has no zone. */
export function GenuineNote({ notice }: { notice: GenuineNotice }) {
  const { reference, holder, vendor, domain, servedAt, letterSha256, verifiedAt, verifiedHow, withdrawn } = notice
  return (
    <div className="stack">
      <Note tone="agreed" status>
        <p>
          <b>{m.public_verify_genuine({ reference })}</b> {withdrawn && m.public_verify_withdrawn()}
        </p>
      </Note>
      <Facts
        facts={[
          [m.public_verify_holder(), holder],
          [
            m.public_verify_checked(),
            verifiedAt === null || verifiedHow === null
              ? m.public_verify_unchecked()
              : m.public_verify_checked_how({
                  how: verifiedHow === 'domain' ? m.public_verify_how_domain() : verifiedHow,
                  on: formatDate(verifiedAt, 'UTC'),
                }),
          ],
          [m.public_verify_vendor(), vendor],
          domain === null ? null : [m.public_verify_domain(), <code key="domain">{domain}</code>],
          servedAt === null ? null : [m.public_verify_served(), <Moment key="served" at={servedAt} timeZone="UTC" />],
          letterSha256 === null
            ? null
            : [
                m.public_verify_hash(),
                <code key="hash" className="hash whole">
                  {letterSha256}
                </code>,
              ],
        ]}
      />
    </div>
  )
}
