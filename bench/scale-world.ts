import { createPerson } from '#app/accounts/create-person.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { acts, perform } from '#prisma/story/acts.ts'
import { memberOf } from '#prisma/story/member.ts'
import { anOrganisation, aPerson, insert } from '#test/builders.ts'
import { multiply } from './multiply.ts'
import { benchPassword, fileRounds, fillWorld, keptGround, type Ground, type World } from './world.ts'

/** The vendor's person who is measured with; the holder's is `benchEmail`. */
export const benchVendorEmail = 'bench-vendor@example.test'

const vendors = 200
const filings = 5
const otherHolders = 40

/**
 * A portal with so many notices: a thousand are filed and answered by the acts themselves, then copied in the database
 * under new ids and references. One holder has a fifth of all; every vendor has its share of every holder's.
 *
 * @param folder kept from one run to the next, and made when it is not there
 */
export function scaleWorld({ notices, folder }: { notices: number; folder: string }): Promise<Ground> {
  return keptGround(folder, async (ground) => {
    await fileAndAnswer(ground, { vendors, filings })
    await multiply(ground, { notices, works: notices * 2, otherHolders })
  })
}

/** Files with so many vendors so many times by the acts themselves, and has them answer most. */
export async function fileAndAnswer(ground: Ground, wanted: { vendors: number; filings: number }): Promise<void> {
  const world = await fillWorld(ground, { vendors: wanted.vendors, works: 200 })
  await claimVendors(world)
  await fileRounds(world, wanted.filings)
  await moveAlong(world)
}

type Filled = Omit<World, 'close'>

const moverEmail = 'bench-mover@example.test'

/** The first vendor belongs to the person who is measured with, the others to one who only answers. */
async function claimVendors({ owner, vendorIds }: Filled): Promise<void> {
  const made = await createPerson({
    email: benchVendorEmail,
    name: 'Bench Vendor',
    locale: 'en',
    timeZone: 'America/Los_Angeles',
    password: benchPassword,
  })
  if (!made.created) throw new Error('The vendor of the bench is there already')
  const mover = await aPerson(owner, { email: moverEmail })
  for (const [index, vendorId] of vendorIds.entries()) {
    const organisation = await anOrganisation(owner, 'vendor', { country: 'US', time_zone: 'America/Los_Angeles' })
    await insert(owner, 'membership', {
      id: newId(),
      person_id: index === 0 ? made.personId : mover.id,
      organisation_id: organisation.id,
      role: 'owner',
      created_at: new Date(),
    })
    await owner.query('update vendor set organisation_id = $1 where id = $2', [organisation.id, vendorId])
  }
}

/** Of every hundred notices 5 wait, 10 are sent, 10 acknowledged, 15 under review and 60 answered in several ways: five
 * events each. */
async function moveAlong({ owner }: Filled): Promise<void> {
  const { rows } = await owner.query<{ id: string; vendor: string; place: number }>(
    `update notice n set begun_at = now() from (select id, row_number() over (order by md5(id::text)) as place from notice) p,
       vendor v where p.id = n.id and v.id = n.vendor_id returning n.id, v.organisation_id as vendor, (p.place % 100)::int as place`,
  )
  const sent = rows.filter(({ place }) => place >= 5)
  for (let from = 0; from < sent.length; from += 500) {
    const noticeIds = sent.slice(from, from + 500).map(({ id }) => id)
    await withWorker((tx) => takeSteps(tx, { step: 'message.accepted', noticeIds, taker: { channel: 'system' } }))
  }
  const [first, mover] = [await memberOf(benchVendorEmail), await memberOf(moverEmail)]
  for (const { id, vendor, place } of sent) {
    const person = vendor === first.organisation.id ? first : mover
    await answer({ ...person, organisation: { ...person.organisation, id: vendor } }, { id, place })
  }
}

async function answer(member: Member, { id, place }: { id: string; place: number }): Promise<void> {
  if (place < 15) return
  await perform({ member }, id, acts.acknowledge(`ref-${place}`))
  if (place < 25) return
  await perform({ member }, id, acts.review())
  if (place < 40) return
  const refused = {
    outcome: 'refused',
    code: 'exception_claimed',
    text: 'The exception for text and data mining.',
  } as const
  await perform(
    { member },
    id,
    acts.declare({
      STOP_TRAINING_FUTURE: place < 90 ? { outcome: 'accepted_excluded' } : refused,
      REMOVE_FROM_DATASETS: place < 80 ? { outcome: 'accepted_removed' } : refused,
    }),
  )
}
