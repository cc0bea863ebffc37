import type { Measure } from '#app/notices/measures.ts'

/** The languages a letter can be written in. */
export const letterLocales = ['en', 'ja'] as const
/** One of `letterLocales`. */
export type LetterLocale = (typeof letterLocales)[number]

/** The kinds of notice. */
export const noticeKinds = ['exclusion', 'cease_and_desist', 'takedown'] as const
/** One of `noticeKinds`. */
export type NoticeKind = (typeof noticeKinds)[number]

/** How the holder puts it. */
export const stances = ['reservation', 'objection', 'demand'] as const
/** One of `stances`. */
export type Stance = (typeof stances)[number]

/** The acts a cease and desist letter can complain of. */
export const acts = ['training', 'dataset', 'output', 'distribution'] as const
/** One of `acts`. */
export type Act = (typeof acts)[number]

/** The circumstances for which article 30-4 of the Copyright Act of Japan is said not to apply. */
export const japanGrounds = ['output_reproduces', 'analysis_licence_exists', 'technical_measure'] as const
/** One of `japanGrounds`. */
export type JapanGround = (typeof japanGrounds)[number]

/** The rights under the Copyright Act of Japan that a letter can name. */
export const japanRights = ['reproduction', 'public_transmission', 'adaptation'] as const
/** One of `japanRights`. */
export type JapanRight = (typeof japanRights)[number]

/** The ways in which a reservation of rights against mining can be published; the last is none that a machine reads. */
export const signals = [
  'robots_txt',
  'http_header',
  'html_meta',
  'tdmrep',
  'rsl',
  'file_metadata',
  'registry',
  'words_only',
] as const
/** One of `signals`. */
export type Signal = (typeof signals)[number]

/** What a complaint under the Code of Practice says was not kept: the measures of its copyright chapter. */
export const commitmentPoints = ['policy', 'lawful_access', 'reservations', 'outputs', 'contact'] as const
/** One of `commitmentPoints`. */
export type CommitmentPoint = (typeof commitmentPoints)[number]

/** Every basis there is a pack for, in the order of the page. */
export const basisIds = [
  'EXCLUSION_REQUEST',
  'CEASE_DESIST',
  'EU_CDSM_4_3',
  'EU_GPAI_1_5',
  'EU_DSA_16',
  'US_DMCA_512C',
  'JP_CA_30_4',
  'JP_CA_112',
  'UK_CDPA_16',
] as const
/** One of `basisIds`. */
export type BasisId = (typeof basisIds)[number]

/** What a pack can require; `elements.ts` says when each is there. */
export const elementIds = [
  'holder_name',
  'holder_other_script',
  'holder_address',
  'holder_telephone',
  'contact_email',
  'vendors',
  'designated_agent',
  'works',
  'works_findable',
  'measures',
  'filter_example',
  'output_locations',
  'material_locations',
  'location_works',
  'stance',
  'basis',
  'hosted_material',
  'acts',
  'models',
  'evidence',
  'captured',
  'rights_relied_on',
  'deadline',
  'preservation',
  'undertaking',
  'japan_grounds',
  'japan_facts',
  'japan_rights',
  'signal_means',
  'signal_urls',
  'signal_since',
  'signal_readable',
  'commitment_points',
  'complaint_facts',
  'first_complaint',
  'illegality',
  'fair_use',
  'uk_connection',
  'statements',
  'signature',
] as const
/** One of `elementIds`. */
export type ElementId = (typeof elementIds)[number]

/** `R` blocks filing, `W` warns; `R_outputs` blocks where outputs are complained of and warns elsewhere. */
export type Level = 'R' | 'W' | 'R_outputs'

/** What a signatory can be asked to state. */
export const statementIds = [
  'accurate',
  'authorised',
  'good_faith',
  'no_licence',
  'japan_facts',
  'japan_right',
  'reservation_in_place',
  'bona_fide',
  'good_faith_material',
  'perjury',
  'uk_no_licence',
] as const
/** One of `statementIds`. */
export type StatementId = (typeof statementIds)[number]

/** A statement as the signatory reads and signs it, in both languages. */
export interface Statement {
  readonly id: StatementId
  readonly en: string
  readonly ja: string
  /** Made on oath: in a collective filing only where the mandate grants it. */
  readonly sworn?: true
}

/** What a pack adds to the common letter; words in braces are filled in. */
export interface PackWords {
  /** Opens the section of this basis, if it has one. */
  readonly heading: string | null
  readonly ground: readonly string[]
  readonly closing: readonly string[]
}

/**
 * A legal basis as data. A pack is never edited once a notice has used it: a new text is a new version beside the old one.
 */
export interface Pack {
  readonly id: BasisId
  readonly version: number
  /** The version of the common letter it was written for. */
  readonly frame: number
  readonly fits: { readonly kinds: readonly NoticeKind[]; readonly measures: readonly Measure[] | 'any' }
  readonly elements: readonly { readonly element: ElementId; readonly level: Level }[]
  readonly statements: readonly Statement[]
  /** Working days after receipt; `byMeasure` leaves it to the measures. A date of its own may be wanted besides. */
  readonly deadlines: {
    readonly acknowledge: number
    readonly decide: 'byMeasure' | number
    readonly ownDate: 'required' | 'none'
  }
  readonly words: { readonly [locale in LetterLocale]: PackWords }
  /** The counsel who reviewed the text; none yet, and the preview says so. */
  readonly reviewedBy: string | null
}

/** Names a pack for ever. */
export interface BasisVersion {
  readonly basis: BasisId
  readonly version: number
}
