import { normalText } from '#app/platform/normal-text.ts'
import { z } from 'zod'
import { acts, letterLocales, stances } from '#app/notices/legal-bases/basis.ts'
import { measures } from '#app/notices/measures.ts'
import { measuresOf, mostVendors } from '#app/notices/filing-draft.ts'
import type { AnnexWorks, CollectiveContent } from './collective.ts'
import type { ChoosableMember } from './find-choosable.server.ts'
import type { AnnexChoice } from './save-collective.server.ts'

const revision = z.coerce.number().int().min(1)

/** What the step of words sends. */
const wordsForm = z.object({
  revision,
  intent: z.enum(['save', 'continue', 'search', 'all']).default('save'),
  q: z.string().trim().max(200).default(''),
  kind: z.enum(['exclusion', 'cease_and_desist']).default('exclusion'),
  vendor: z.array(z.uuid()).max(mostVendors),
  measure: z.array(z.enum(measures)),
  stance: z.enum(stances).nullable().default(null),
  priorPermission: z.literal('on').optional(),
  locale: z.enum(letterLocales).default('en'),
  paragraph: z.string().max(10_000).default(''),
  wordingLocked: z.literal('on').optional(),
  coverLetter: z.string().max(10_000).default(''),
  matterNumber: z.string().max(100).default(''),
  acts: z.array(z.enum(acts)).default([]),
  models: z.string().max(500).default(''),
  rights: z.string().max(500).default(''),
  evidence: z.string().max(10_000).default(''),
  // Some browsers add seconds.
  capturedAt: z
    .string()
    .default('')
    .transform((text) => text.slice(0, 16))
    .pipe(z.union([z.literal(''), z.iso.datetime({ local: true, precision: -1 })])),
  deadlineOn: z.union([z.iso.date(), z.literal('')]).default(''),
})

/** The same as it was read. */
export type WordsForm = z.infer<typeof wordsForm>

const anyText = z.string().catch('')
// The same as it is shown again, however long it is: what is no choice of the page is left out, and no word is.
const typedForm = wordsForm.extend({
  revision: revision.catch(1),
  intent: wordsForm.shape.intent.catch('save'),
  q: anyText,
  kind: wordsForm.shape.kind.catch('exclusion'),
  vendor: z.array(z.uuid()).catch([]),
  measure: wordsForm.shape.measure.catch([]),
  stance: wordsForm.shape.stance.catch(null),
  priorPermission: wordsForm.shape.priorPermission.catch(undefined),
  locale: wordsForm.shape.locale.catch('en'),
  paragraph: anyText,
  wordingLocked: wordsForm.shape.wordingLocked.catch(undefined),
  coverLetter: anyText,
  matterNumber: anyText,
  acts: wordsForm.shape.acts.catch([]),
  models: anyText,
  rights: anyText,
  evidence: anyText,
  capturedAt: wordsForm.shape.capturedAt.catch(''),
  deadlineOn: wordsForm.shape.deadlineOn.catch(''),
})

/** Reads the form of the step of words; `typed` is what to show again if it is not kept. */
export function readWords(fields: FormData): { readonly form: WordsForm | null; readonly typed: WordsForm } {
  const given = {
    ...Object.fromEntries(fields),
    vendor: fields.getAll('vendor'),
    measure: fields.getAll('measure'),
    acts: fields.getAll('acts'),
  }
  return { form: wordsForm.safeParse(given).data ?? null, typed: typedForm.parse(given) }
}

/** The content with what the step of words chose put in. A kind rests on its plain basis and asks only what fits it. */
export function withWords(before: CollectiveContent, form: WordsForm): CollectiveContent {
  const { kind, measure, acts: chosenActs, models, rights, evidence, capturedAt } = form
  const fitting = measuresOf(kind)
  return {
    coverLetter: form.coverLetter,
    wordingLocked: form.wordingLocked === 'on',
    duplicates: before.duplicates,
    filing: {
      ...before.filing,
      kind,
      bases: [kind === 'exclusion' ? 'EXCLUSION_REQUEST' : 'CEASE_DESIST'],
      vendorIds: [...new Set(form.vendor)],
      measures: measures
        .filter((each) => measure.includes(each) && fitting.includes(each))
        .map((each) => ({ measure: each, detail: '' })),
      stance: form.stance,
      priorPermission: form.priorPermission === 'on',
      locale: form.locale,
      paragraph: form.paragraph,
      matterNumber: form.matterNumber,
      deadlineOn: form.deadlineOn === '' ? null : form.deadlineOn,
      particulars: { ...before.filing.particulars, acts: chosenActs, models, rights, evidence, capturedAt },
    },
  }
}

const intents = z.enum(['save', 'continue', 'search', 'all', 'none', 'list']).default('save')
const shortText = z.string().trim().max(200)

/** What the step of members sends: the ticked ones, and for each the catalogue and words by which works are chosen. */
export interface MembersForm {
  readonly revision: number
  readonly intent: z.infer<typeof intents>
  /** What members are searched for. */
  readonly q: string
  readonly choices: readonly AnnexChoice[]
  /** Lines of the pasted list that name no member. */
  readonly unmatched: readonly string[]
}

/**
 * Reads the form of the step of members against those that can be chosen.
 *
 * @returns null when it is not the page's own form
 */
export function readMembers(fields: FormData, choosable: readonly ChoosableMember[]): MembersForm | null {
  const head = z.object({ revision, intent: intents, q: shortText.default('') }).safeParse(Object.fromEntries(fields))
  if (!head.success) return null
  const { intent, q } = head.data
  const { named, unmatched } = namedIn(textOf(fields, 'list'), choosable)
  const ticked = new Set(fields.getAll('member').map(String))
  const wanted = choosable.filter((member) => {
    const { id } = member
    if (intent === 'none') return false
    if (intent === 'all' && isFoundBy(q, member)) return true
    return ticked.has(id) || (intent === 'list' && named.has(id))
  })
  const choices = wanted.flatMap(({ id: memberId, catalogues }): AnnexChoice[] => {
    const asked = textOf(fields, `catalogue-${memberId}`)
    const catalogue = catalogues.find(({ id }) => id === asked) ?? catalogues[0]
    return catalogue
      ? [{ memberId, catalogueId: catalogue.id, works: worksOf(textOf(fields, `works-${memberId}`)) }]
      : []
  })
  return { ...head.data, choices, unmatched: intent === 'list' ? unmatched : [] }
}

/** The members as they were chosen on the page, to be shown again. */
export function withChoices(
  members: readonly ChoosableMember[],
  choices: readonly AnnexChoice[],
): readonly ChoosableMember[] {
  const choiceOf = new Map(choices.map((choice) => [choice.memberId, choice]))
  return members.map((member) => {
    const choice = choiceOf.get(member.id)
    const catalogue = member.catalogues.find(({ id }) => id === choice?.catalogueId)
    if (choice === undefined || catalogue === undefined) return { ...member, chosen: null }
    return { ...member, chosen: { catalogueId: catalogue.id, version: catalogue.version, works: choice.works } }
  })
}

function worksOf(text: string): AnnexWorks {
  const asked = shortText.safeParse(text)
  return asked.success && asked.data !== '' ? { filter: { text: asked.data }, except: [] } : null
}

/** Whether a search finds a member: by a part of its name in either script, or of its short name. */
export function isFoundBy(
  search: string,
  { slug, name, nameOther }: Pick<ChoosableMember, 'slug' | 'name' | 'nameOther'>,
): boolean {
  return [slug, name, nameOther ?? ''].some((each) => folded(each).includes(folded(search)))
}

/** The members that a pasted list or CSV names, a line each, by name in either script or by short name; the first cell counts. */
export function namedIn(
  list: string,
  members: readonly Pick<ChoosableMember, 'id' | 'slug' | 'name' | 'nameOther'>[],
): { readonly named: ReadonlySet<string>; readonly unmatched: readonly string[] } {
  const byName = new Map(
    members.flatMap(({ id, slug, name, nameOther }) =>
      [slug, name, nameOther ?? ''].filter(Boolean).map((each) => [folded(each), id] as const),
    ),
  )
  const lines = list
    .split(/\r?\n/u)
    .map((line) =>
      (/^\s*"((?:[^"]|"")*)"/u.exec(line)?.[1]?.replaceAll('""', '"') ?? line.split(/[,;\t]/u)[0] ?? '').trim(),
    )
    .filter(Boolean)
  const found = lines.map((line) => ({ line, id: byName.get(folded(line)) }))
  return {
    named: new Set(found.flatMap(({ id }) => (id === undefined ? [] : [id]))),
    unmatched: found.filter(({ id }) => id === undefined).map(({ line }) => line),
  }
}

function folded(name: string): string {
  return normalText(name, 'NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}
