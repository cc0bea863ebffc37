import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

const california = { country: 'US', region: 'CA', timeZone: 'America/Los_Angeles', locale: 'en' }
const newYork = { country: 'US', region: 'NY', timeZone: 'America/New_York', locale: 'en' }
const tokyo = { country: 'JP', region: null, timeZone: 'Asia/Tokyo', locale: 'ja' }
const london = { country: 'GB', region: 'ENG', timeZone: 'Europe/London', locale: 'en' }
const berlin = { country: 'DE', region: 'BE', timeZone: 'Europe/Berlin', locale: 'en' }

// Invented, all of them: real vendors stand in the directory without contacts, so that the demo can mail nobody real.
const vendors = [
  {
    slug: 'northlight',
    name: 'Northlight AI (demo)',
    address: 'rights@northlight.test',
    organisation: 'northlight',
    place: california,
    product: 'NL-Video 2',
  },
  {
    slug: 'kanata',
    name: 'Kanata Models (demo)',
    nameOther: 'かなたモデルズ（デモ）',
    address: 'legal@kanata.test',
    organisation: null,
    place: tokyo,
    product: 'Kanata-7B',
  },
  {
    slug: 'meridian',
    name: 'Meridian Labs (demo)',
    address: 'copyright@meridian.test',
    organisation: null,
    place: newYork,
    product: 'Meridian Canvas',
  },
  {
    slug: 'halcyon',
    name: 'Halcyon Video (demo)',
    address: 'notices@halcyon.test',
    organisation: null,
    place: london,
    product: 'Halcyon Reel',
  },
  {
    slug: 'orrery',
    name: 'Orrery (demo)',
    address: 'rights@orrery.test',
    organisation: null,
    place: berlin,
    product: 'Orrery Image',
  },
  {
    slug: 'tessera',
    name: 'Tessera (demo)',
    address: 'legal@tessera.test',
    organisation: null,
    place: california,
    product: 'Tessera Mosaic',
  },
  {
    slug: 'brightwater',
    name: 'Brightwater AI (demo)',
    address: 'rights@brightwater.test',
    organisation: null,
    place: newYork,
    product: 'Brightwater Score',
  },
  {
    slug: 'parallax',
    name: 'Parallax (demo)',
    address: 'legal@parallax.test',
    organisation: null,
    place: tokyo,
    product: 'Parallax 3D',
  },
] as const

/** Puts the story's vendors in the directory, each with a contact that an operator has verified. */
export async function seedVendors(): Promise<Record<string, string>> {
  const at = now()
  const ids: Record<string, string> = {}
  await withWorker(async (tx) => {
    for (const { slug, name, address, organisation, place, product, ...more } of vendors) {
      const claimedBy =
        organisation === null
          ? null
          : await tx.organisation.findUniqueOrThrow({ where: { slug: organisation }, select: { id: true } })
      const id = newId()
      ids[slug] = id
      await tx.vendor.create({
        data: {
          id,
          slug,
          name,
          nameOther: 'nameOther' in more ? more.nameOther : null,
          organisationId: claimedBy?.id ?? null,
          isInvented: true,
          createdAt: at,
          updatedAt: at,
        },
        select: { id: true },
      })
      await tx.vendorFact.create({
        data: {
          id: newId(),
          vendorId: id,
          kind: 'product',
          value: product,
          note: 'invented for the demo',
          createdAt: at,
        },
        select: { id: true },
      })
      await tx.vendorContact.create({
        data: {
          id: newId(),
          vendorId: id,
          purpose: 'legal_notices',
          channel: 'email',
          address,
          ...place,
          verifiedAt: at,
          verifiedHow: 'invented for the demo',
          createdAt: at,
        },
        select: { id: true },
      })
    }
  })
  return ids
}
