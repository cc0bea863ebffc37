import { basisIds, type BasisId, type ElementId, type NoticeKind } from '#app/notices/legal-bases/basis.ts'
import type { ElementFacts } from '#app/notices/legal-bases/elements.ts'
import { basesFor, currentPack } from '#app/notices/legal-bases/packs.ts'
import { statementsOf } from '#app/notices/letter-composition.ts'
import type { LetterFacts, LetterParticulars } from '#app/notices/letter-facts.ts'

/** Particulars of which nothing is given. */
export const noParticulars: LetterParticulars = {
  acts: [],
  models: '',
  rights: '',
  evidence: '',
  captured: null,
  locations: [],
  japanGrounds: [],
  japanRights: [],
  japanFacts: '',
  contactEmail: '',
  signals: [],
  signalUrls: [],
  signalSince: null,
  points: [],
  complaintFacts: '',
  repeated: false,
  illegality: '',
  fairUse: false,
  ukConnection: '',
}

/** Particulars of which everything is given. */
export const allParticulars: LetterParticulars = {
  acts: ['training', 'output'],
  models: 'NL-Video 2',
  rights: 'Reproduction, Japan',
  evidence: 'Prompt “Horus, prince of the sun”: frames of the film appear.',
  captured: { at: '2026-11-06T05:30:00Z', timeZone: 'Asia/Tokyo' },
  locations: [
    { url: 'https://outputs.example/1', work: '太陽の王子 ホルスの大冒険' },
    { url: 'https://outputs.example/2', work: null },
  ],
  japanGrounds: ['output_reproduces'],
  japanRights: ['reproduction', 'adaptation'],
  japanFacts: 'Frames of the film appear in outputs.',
  contactEmail: 'rights@hoshizora.example',
  signals: ['robots_txt', 'tdmrep'],
  signalUrls: ['https://hoshizora.example/robots.txt', 'https://hoshizora.example/.well-known/tdmrep.json'],
  signalSince: '2024-03-01',
  points: ['reservations', 'outputs'],
  complaintFacts: 'Pages that robots.txt reserves were fetched on 2 October 2026.',
  repeated: false,
  illegality: 'The items reproduce the leading character without permission.',
  fairUse: true,
  ukConnection: 'According to its own report the model was trained in London.',
}

/** What is demanded in a notice of each kind that lacks nothing. */
const demands = {
  exclusion: [
    { measure: 'STOP_TRAINING_FUTURE', detail: '' },
    { measure: 'REMOVE_FROM_DATASETS', detail: 'a file-sharing site' },
  ],
  cease_and_desist: [
    { measure: 'STOP_TRAINING_FUTURE', detail: '' },
    { measure: 'FILTER_OUTPUTS', detail: 'prompts that name the film' },
    { measure: 'PRESERVE_EVIDENCE', detail: '' },
    { measure: 'WRITTEN_UNDERTAKING', detail: '' },
  ],
  takedown: [
    { measure: 'FILTER_OUTPUTS', detail: 'prompts that name the film' },
    { measure: 'REMOVE_OUTPUT_URLS', detail: '' },
  ],
} as const satisfies Record<NoticeKind, LetterFacts['measures']>

const signatory = {
  name: 'Kenji Ono',
  capacity: 'General counsel',
  signedAt: '2026-11-22T08:52:00.000Z',
  timeZone: 'Asia/Tokyo',
}

/** The letter of a notice of this kind on these bases, of which everything is given. */
export function completeLetter(kind: NoticeKind, bases: readonly BasisId[]): LetterFacts {
  const packs = bases.map((basis) => currentPack(basis))
  return {
    locale: 'en',
    kind,
    stance: 'demand',
    priorPermission: true,
    bases: packs.map(({ id, version }) => ({ basis: id, version })),
    reference: 'CAV-7H3K-9Q2V',
    matterNumber: 'M-2026/114',
    holder: {
      name: 'Hoshizora Animation (demo)',
      nameOther: '星空アニメーション（デモ）',
      address: '1-2-3 Kanda\nChiyoda, Tokyo 101-0041\nJapan',
      telephone: '+81 3 5555 0100',
    },
    vendor: {
      name: 'Northlight AI (demo)',
      nameOther: 'ノースライトAI（デモ）',
      legalEntity: 'Northlight AI, Inc. (demo)',
    },
    works: {
      count: 1_760,
      whole: true,
      catalogue: 'Feature films',
      version: 3,
      examples: [
        { title: '太陽の王子 ホルスの大冒険', year: 1968 },
        { title: 'ONE PIECE FILM GOLD', year: null },
      ],
    },
    measures: demands[kind],
    particulars: kind === 'takedown' ? { ...allParticulars, acts: ['output'] } : allParticulars,
    evidence: [],
    acknowledgeDays: 5,
    decideDays: 20,
    deadlineOn: packs.some(({ deadlines }) => deadlines.ownDate === 'required') ? '2026-12-07' : null,
    paragraph: 'We would rather talk first.',
    statements: statementsOf(packs).map(({ id }) => id),
    signatory,
  }
}

/** What a complete draft of this kind on these bases is judged by. */
export function completeDraft(kind: NoticeKind, bases: readonly BasisId[]): ElementFacts {
  return {
    ...completeLetter(kind, bases),
    deadlineOn: '2026-12-07',
    vendors: 1,
    withoutAgent: 0,
    unfindable: 0,
    evidenceCount: 3,
    locationsAstray: 0,
    today: '2026-11-22',
    sentOn: '2026-11-22',
    signedLater: false,
    statementsSigned: true,
  }
}

/** Every kind with every basis that fits it. */
export const everyPack: readonly { kind: NoticeKind; basis: BasisId }[] = (
  ['exclusion', 'cease_and_desist', 'takedown'] as const
).flatMap((kind) =>
  basisIds.filter((basis) => basesFor(kind).includes(currentPack(basis))).map((basis) => ({ kind, basis })),
)

type Without = (facts: ElementFacts) => ElementFacts

function holderWith(change: Partial<ElementFacts['holder']>): Without {
  return (facts) => ({ ...facts, holder: { ...facts.holder, ...change } })
}

function particularsWith(change: Partial<LetterParticulars>): Without {
  return (facts) => ({ ...facts, particulars: { ...facts.particulars, ...change } })
}

function measuresWith(measures: ElementFacts['measures']): Without {
  return (facts) => ({ ...facts, measures })
}

/** The same draft without one element, everything else kept. */
export const without: Readonly<Record<ElementId, Without>> = {
  holder_name: holderWith({ name: ' \u200B' }),
  holder_other_script: holderWith({ nameOther: null }),
  holder_address: holderWith({ address: '\n ' }),
  holder_telephone: holderWith({ telephone: '' }),
  contact_email: particularsWith({ contactEmail: ' ' }),
  vendors: (facts) => ({ ...facts, vendors: 0 }),
  designated_agent: (facts) => ({ ...facts, withoutAgent: 1 }),
  works: (facts) => ({ ...facts, works: null }),
  works_findable: (facts) => ({ ...facts, unfindable: 1 }),
  measures: measuresWith([]),
  filter_example: (facts) => ({
    ...facts,
    measures: facts.measures.map((asked) => (asked.measure === 'FILTER_OUTPUTS' ? { ...asked, detail: ' ' } : asked)),
  }),
  output_locations: (facts) => ({ ...particularsWith({ locations: [] })(facts), evidenceCount: 1 }),
  material_locations: (facts) => ({ ...particularsWith({ locations: [{ url: ' ', work: null }] })(facts) }),
  location_works: (facts) => ({ ...facts, locationsAstray: 1 }),
  stance: (facts) => ({ ...facts, stance: null }),
  basis: (facts) => ({ ...facts, bases: [] }),
  hosted_material: (facts) => ({
    ...facts,
    measures: [...facts.measures, { measure: 'RETRAIN_OR_UNLEARN', detail: '' }],
  }),
  acts: particularsWith({ acts: [] }),
  models: particularsWith({ models: ' ' }),
  // With nothing located, only a filter can be demanded.
  evidence: (facts) => ({
    ...particularsWith({ evidence: '', captured: null, locations: [] })(facts),
    measures: facts.measures.filter(({ measure }) => measure !== 'REMOVE_OUTPUT_URLS'),
    evidenceCount: 0,
  }),
  captured: particularsWith({ captured: null }),
  rights_relied_on: particularsWith({ rights: '' }),
  deadline: (facts) => ({ ...facts, deadlineOn: facts.today }),
  preservation: (facts) => ({
    ...facts,
    measures: facts.measures.filter(({ measure }) => measure !== 'PRESERVE_EVIDENCE'),
  }),
  undertaking: (facts) => ({
    ...facts,
    measures: facts.measures.filter(({ measure }) => measure !== 'WRITTEN_UNDERTAKING'),
  }),
  japan_grounds: particularsWith({ japanGrounds: [] }),
  japan_facts: particularsWith({ japanFacts: '' }),
  japan_rights: particularsWith({ japanRights: [] }),
  signal_means: particularsWith({ signals: [] }),
  signal_urls: particularsWith({ signalUrls: [' '] }),
  signal_since: particularsWith({ signalSince: '2026-11-23' }),
  signal_readable: particularsWith({ signals: ['words_only'] }),
  commitment_points: particularsWith({ points: [] }),
  complaint_facts: particularsWith({ complaintFacts: '\n' }),
  first_complaint: particularsWith({ repeated: true }),
  illegality: particularsWith({ illegality: '' }),
  fair_use: particularsWith({ fairUse: false }),
  uk_connection: particularsWith({ ukConnection: '' }),
  statements: (facts) => ({ ...facts, statementsSigned: false }),
  signature: (facts) => ({ ...facts, signatory: null }),
}
