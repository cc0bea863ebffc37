import { basisIds, type BasisId, type BasisVersion, type NoticeKind, type Pack } from './basis.ts'
import { ceaseDesist1 } from './cease-desist-1.ts'
import { ceaseDesist2 } from './cease-desist-2.ts'
import { euCdsm43v1 } from './eu-cdsm-4-3-1.ts'
import { euDsa16v1 } from './eu-dsa-16-1.ts'
import { euGpai15v1 } from './eu-gpai-1-5-1.ts'
import { exclusionRequest1 } from './exclusion-request-1.ts'
import { inHouseWords } from './house-words.ts'
import { jpCa112v1 } from './jp-ca-112-1.ts'
import { jpCa304v1 } from './jp-ca-30-4-1.ts'
import { ukCdpa16v1 } from './uk-cdpa-16-1.ts'
import { usDmca512c1 } from './us-dmca-512c-1.ts'

/** Every version of every pack that was ever used, oldest first. */
const packs = {
  EXCLUSION_REQUEST: [exclusionRequest1, inHouseWords(exclusionRequest1)],
  CEASE_DESIST: [ceaseDesist1, ceaseDesist2, inHouseWords(ceaseDesist2)],
  EU_CDSM_4_3: [euCdsm43v1, inHouseWords(euCdsm43v1)],
  EU_GPAI_1_5: [euGpai15v1, inHouseWords(euGpai15v1)],
  EU_DSA_16: [euDsa16v1, inHouseWords(euDsa16v1)],
  US_DMCA_512C: [usDmca512c1, inHouseWords(usDmca512c1)],
  JP_CA_30_4: [jpCa304v1, inHouseWords(jpCa304v1)],
  JP_CA_112: [jpCa112v1, inHouseWords(jpCa112v1)],
  UK_CDPA_16: [ukCdpa16v1, inHouseWords(ukCdpa16v1)],
} as const satisfies Record<BasisId, readonly [Pack, ...Pack[]]>

/** The version of a pack that new filings use. */
export function currentPack(basis: BasisId): Pack {
  const versions: readonly [Pack, ...Pack[]] = packs[basis]
  return versions.at(-1) ?? versions[0]
}

/**
 * The pack that a notice used.
 *
 * @throws if there never was such a version
 */
export function packOf({ basis, version }: BasisVersion): Pack {
  const versions: readonly Pack[] = packs[basis]
  const found = versions.find((pack) => pack.version === version)
  if (!found) throw new Error(`there is no version ${version} of ${basis}`)
  return found
}

/** The bases that fit a kind of notice, in the order of the page. */
export function basesFor(kind: NoticeKind): readonly Pack[] {
  return basisIds.map((basis) => currentPack(basis)).filter((pack) => pack.fits.kinds.includes(kind))
}

/** Whether a pack has anything to say about a measure chosen; the wizard warns where it has not. */
export function fitsMeasures(pack: Pack, measures: readonly string[]): boolean {
  const { measures: fitting } = pack.fits
  return fitting === 'any' || measures.some((measure) => fitting.some((candidate) => candidate === measure))
}
