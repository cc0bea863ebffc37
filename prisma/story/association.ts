import { Readable } from 'node:stream'
import { acceptMandate } from '#app/associations/accept-mandate.server.ts'
import type { Terms } from '#app/associations/mandate.ts'
import { narrowMandate } from '#app/associations/narrow-mandate.server.ts'
import { offerMandate } from '#app/associations/offer-mandate.server.ts'
import { revokeMandate } from '#app/associations/revoke-mandate.server.ts'
import type { AnnexChoice } from '#app/associations/save-collective.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { acts, noticeTo, perform } from './acts.ts'
import { worksFileOf, type SmallMember } from './association-works.ts'
import { samples, seedCatalogue } from './catalogues.ts'
import { playSentFiling } from './collective.ts'
import { file } from './file.ts'
import { memberOf } from './member.ts'
import { idOf } from './plot.ts'
import { goTo, inDays } from './time.ts'

/** What the association's part of the story needs to know. */
export type Federation = { vendors: Record<string, string>; deliver: () => Promise<void> }

/** A catalogue with the version that was imported. */
type Catalogue = { readonly id: string; readonly version: number }

/** The catalogues of the members that came to the story with the association. */
export type MembersCatalogues = Readonly<Record<SmallMember | 'pictures', Catalogue>>

type Wish = Partial<Pick<Terms, 'scopes' | 'vendors' | 'approvalRequired' | 'endsOn'>> & { capacity: string }

const accountOf = (who: string): Promise<Member> => memberOf(`${who}@demo.test`)

/**
 * An association of seven members: three that let it file, one of them under oath and one only with its approval, one that lets
 * it file against two vendors, one that lets it see and narrowed that, one whose mandate is over and one that revoked it. It
 * files for four of them together.
 */
export async function playFederation({ vendors, deliver }: Federation): Promise<MembersCatalogues> {
  const two = ['northlight', 'kanata'].map((slug) => idOf(vendors, slug))
  goTo(60, 1)
  await agree('studio', { scopes: ['view', 'file', 'swear'], capacity: 'head of rights' })
  await agree('pictures', { scopes: ['view', 'file'], approvalRequired: true, capacity: 'producer' })
  await agree('press', { scopes: ['view'], endsOn: inDays(24), capacity: 'rights manager' })
  await agree('games', { scopes: ['view', 'file'], vendors: two, endsOn: inDays(200), capacity: 'general counsel' })
  const publishing = await agree('publishing', { scopes: ['view', 'file'], capacity: 'managing director' })
  await agree('music', { scopes: ['view', 'file'], endsOn: inDays(-4), capacity: 'head of licensing' })
  const theatre = await agree('theatre', { scopes: ['view', 'file'], capacity: 'secretary general' })
  await deliver()
  const catalogues = await fileForThemselves({ vendors, deliver })
  await playSentFiling(
    {
      choices: await Promise.all(
        (['games', 'publishing', 'pictures', 'theatre'] as const).map((who) => choiceOf(who, catalogues[who])),
      ),
      vendorIds: ['northlight', 'orrery'].map((slug) => idOf(vendors, slug)),
    },
    deliver,
  )
  goTo(15, 3)
  await narrow(publishing, 'publishing', { scopes: ['view'], capacity: 'managing director' })
  goTo(12, 5)
  const revoked = await revokeMandate({ member: await accountOf('theatre'), mandateId: theatre })
  if (!revoked.allowed) throw new Error('The theatre of the story could not revoke')
  goTo(3, 2)
  await offer('press', { scopes: ['view', 'file'], capacity: '' })
  await deliver()
  return catalogues
}

/** All works of a member, for its annex of a collective filing. */
export async function choiceOf(who: string, { id }: Catalogue): Promise<AnnexChoice> {
  const { organisation } = await accountOf(who)
  return { memberId: organisation.id, catalogueId: id, works: null }
}

// Small catalogues, some of whose works are claimed by several, and what their holders filed themselves.
async function fileForThemselves({ vendors, deliver }: Federation): Promise<MembersCatalogues> {
  const made = new Map<SmallMember, Catalogue>()
  const wishes = [
    ['games', ['northlight', 'kanata', 'orrery']],
    ['publishing', ['meridian', 'northlight']],
    ['music', ['halcyon']],
    ['theatre', ['kanata']],
  ] as const
  for (const [who, slugs] of wishes) {
    goTo(50, 4)
    const member = await accountOf(who)
    const catalogue = await catalogueOf(member, who)
    made.set(who, catalogue)
    goTo(38, 2, 10)
    const vendorIds = slugs.map((slug) => idOf(vendors, slug))
    await file(member, { vendorIds, catalogue, capacity: 'head of rights' })
    goTo(38, 2, 41)
    await deliver()
  }
  goTo(35, 6)
  const sota = { bearer: { name: 'Sota Hirano', role: 'legal affairs' } }
  const noticeId = await noticeTo(idOf(vendors, 'kanata'), await accountOf('games'))
  await perform(sota, noticeId, acts.acknowledge('KM-1042'))
  await deliver()
  const own = (who: SmallMember): Catalogue => {
    const catalogue = made.get(who)
    if (catalogue === undefined) throw new Error(`${who} has no catalogue in the story`)
    return catalogue
  }
  return {
    games: own('games'),
    publishing: own('publishing'),
    music: own('music'),
    theatre: own('theatre'),
    pictures: await seedCatalogue(await accountOf('pictures'), samples.films),
  }
}

function catalogueOf(member: Member, who: SmallMember): Promise<Catalogue> {
  const content = Readable.from([Buffer.from(worksFileOf(who))])
  return seedCatalogue(member, { name: 'Works', file: 'works.csv', credit: 'Invented for this demo', content })
}

async function agree(who: string, wish: Wish): Promise<string> {
  const { mandateId, version } = await offer(who, wish)
  const member = await accountOf(who)
  const signature = { name: member.name, capacity: wish.capacity }
  const accepted = await acceptMandate({ member, mandateId, version, signature })
  if (!accepted.allowed) throw new Error(`${who} could not accept: ${accepted.because}`)
  return mandateId
}

async function offer(who: string, wish: Wish): Promise<{ mandateId: string; version: number }> {
  const association = await accountOf('association')
  const { id } = (await accountOf(who)).organisation
  const offered = await offerMandate({
    member: association,
    as: 'association',
    withId: id,
    terms: termsOf(wish),
    signature: null,
  })
  if (!offered.allowed) throw new Error(`No mandate could be offered to ${who}: ${offered.because}`)
  return offered
}

async function narrow(mandateId: string, who: string, wish: Wish): Promise<void> {
  const member = await accountOf(who)
  const signature = { name: member.name, capacity: wish.capacity }
  const narrowed = await narrowMandate({ member, mandateId, terms: termsOf(wish), signature })
  if (!narrowed.allowed) throw new Error(`${who} could not narrow: ${narrowed.because}`)
}

function termsOf(wish: Wish): Terms {
  const { scopes = ['view'], vendors = null, approvalRequired = false, endsOn = null } = wish
  return {
    scopes,
    vendors,
    measures: null,
    catalogues: null,
    approvalRequired,
    endsOn,
    startsOn: inDays(-60),
  }
}
