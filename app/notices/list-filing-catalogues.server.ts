import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { FilingCatalogue } from './filing-facts.ts'

const most = 500

/** The organisation's catalogues that hold works, by name; at most 500. */
export function listFilingCatalogues(member: Member): Promise<readonly FilingCatalogue[]> {
  return withPerson(
    member.personId,
    (tx) => tx.$queryRaw<FilingCatalogue[]>`
      select c.id, c.name, c.current_version as version, v.works_count as works
      from catalogue c join catalogue_version v on v.catalogue_id = c.id and v.version = c.current_version
      where c.organisation_id = ${member.organisation.id}::uuid and v.works_count > 0
      order by lower(c.name), c.id limit ${most}`,
  )
}
