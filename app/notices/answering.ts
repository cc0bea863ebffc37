import { cutText } from '#app/ui/cut-text.ts'
import { z } from 'zod'
import { answerSchema, faultsOf, worksChoiceSchema, type AnswerFault, type Setting } from './answers.ts'
import { answersViews, type AnswersView, type Cursor } from './notice-query.ts'
import { measures as allMeasures, type Measure } from './measures.ts'

/** An answer as it stands in its fields; an empty outcome leaves things as they are. */
export interface TypedAnswer {
  readonly outcome: string
  readonly code: string
  readonly text: string
  readonly date: string
}

/** Which works the table shows. */
export interface Look {
  readonly text: string
  readonly view: AnswersView
  readonly cursor: Cursor
}

/** What the vendor's page carries from one request to the next: nothing of it is recorded yet. */
export interface AnswerDraft {
  /** Answers set for works of their own, in the order in which they were set. */
  readonly settings: readonly Setting[]
  /** The answer for all works, by measure. */
  readonly defaults: Readonly<Partial<Record<Measure, TypedAnswer>>>
  /** The answers for all also take the place of what single works have. */
  readonly clear: boolean
  readonly look: Look
  readonly chosen: {
    readonly workIds: readonly string[]
    /** Every work that the filter finds, on this page and the others. */
    readonly everything: boolean
    /** Of everything, those that are ticked are left out: on this page and the others. Null while none are. */
    readonly except: readonly string[] | null
    readonly measure: Measure | 'all'
    readonly answer: TypedAnswer
  }
}

/** The buttons of the page; the others of its form carry a place or a number. */
export const answerIntents = ['look', 'after', 'before', 'set', 'remove', 'review', 'back', 'record'] as const

/** One of `answerIntents`. */
export type AnswerIntent = (typeof answerIntents)[number]

/** Something typed that cannot be recorded, at the id of its field. */
export interface FieldFault {
  readonly id: string
  readonly fault:
    | AnswerFault
    | { readonly because: 'nothing-chosen' | 'no-outcome' | 'unreadable' }
    | { readonly because: 'unanswered'; readonly measure: Measure }
}

/** How many works may be named one by one before a filter has to name them. */
export const mostNamedWorks = 20_000

const settingsSchema = z
  .string()
  .transform((text, context) => {
    try {
      const parsed: unknown = JSON.parse(text)
      return parsed
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' })
      return z.NEVER
    }
  })
  .pipe(
    z
      .array(
        z.object({ measures: z.array(z.enum(allMeasures)).min(1), works: worksChoiceSchema, answer: answerSchema }),
      )
      .max(200)
      .refine(
        (settings) =>
          settings.reduce((sum, { works }) => sum + (works.kind === 'chosen' ? works.workIds.length : 0), 0) <=
          mostNamedWorks,
      ),
  )

/** The draft of a page that was just opened. */
export function newDraft(view: AnswersView = 'all'): AnswerDraft {
  const answer = { outcome: '', code: '', text: '', date: '' }
  return {
    settings: [],
    defaults: {},
    clear: false,
    look: { text: '', view, cursor: null },
    chosen: { workIds: [], everything: false, except: null, measure: 'all', answer },
  }
}

/**
 * Reads the page's form.
 *
 * @param measures those of the notice
 * @returns null for carried settings that no page of ours has written
 */
export function readDraft(form: FormData, measures: readonly Measure[]): AnswerDraft | null {
  const carried = settingsSchema.safeParse(textOf(form, 'settings') || '[]')
  if (!carried.success) return null
  const settings = carried.data
  const { intent, at } = readIntent(form)
  const typedLook = { text: textOf(form, 'q').trim().slice(0, 200), view: viewOf(textOf(form, 'show')) }
  const shownLook = { text: textOf(form, 'shown-q'), view: viewOf(textOf(form, 'shown-show')) }
  const measure = measures.find((each) => each === textOf(form, 's-measure')) ?? 'all'
  return {
    settings,
    defaults: readTyped(form, measures),
    clear: form.has('clear'),
    // What is ticked is ticked in the list that was shown, whatever the filter's fields say since.
    look: { ...(intent === 'look' ? typedLook : shownLook), cursor: cursorOf(form, intent, at) },
    chosen: {
      workIds: workIdsOf(form.getAll('work')),
      everything: form.has('everything'),
      except: form.has('but') ? workIdsOf([...form.getAll('except'), ...form.getAll('work')]) : null,
      measure,
      answer: typedAnswer(form, 's'),
    },
  }
}

function workIdsOf(values: readonly unknown[]): readonly string[] {
  return [...new Set(z.array(z.uuid()).max(mostNamedWorks).catch([]).parse(values))]
}

/** Which button sent the form, and the place or the number that it carries: `after:<work>`, `remove:2`. */
export function readIntent(form: FormData): { readonly intent: AnswerIntent; readonly at: string } {
  const [name = '', at = ''] = textOf(form, 'intent').split(':')
  return { intent: answerIntents.find((each) => each === name) ?? 'look', at }
}

/** The answers for all as they stand in their fields. */
export function readTyped(form: FormData, measures: readonly Measure[]): AnswerDraft['defaults'] {
  return Object.fromEntries(measures.map((each) => [each, typedAnswer(form, defaultField(each))]))
}

/** The prefix of the fields of a measure's answer for all. */
export function defaultField(measure: Measure): string {
  return `d-${measure}`
}

/** The answers for all as settings, and what is wrong with those that cannot be recorded. */
export function readDefaults(
  draft: Pick<AnswerDraft, 'defaults' | 'clear'>,
  measures: readonly Measure[],
): { settings: Setting[]; faults: FieldFault[] } {
  const read = measures.map((measure) => {
    const typed = draft.defaults[measure]
    if (typed === undefined || typed.outcome === '') return { settings: [], faults: [] }
    const works = { kind: 'all', clear: draft.clear } as const
    return readAnswer({ typed, measures: [measure], field: defaultField(measure), works })
  })
  return { settings: read.flatMap(({ settings }) => settings), faults: read.flatMap(({ faults }) => faults) }
}

/**
 * The answer for the chosen works as a setting, or what is wrong with it.
 *
 * @param named the works that an unnamable filter was resolved to; left out when the choice can be kept as it is
 */
export function readChosen(
  draft: AnswerDraft,
  measures: readonly Measure[],
  named?: readonly string[],
): { settings: Setting[]; faults: FieldFault[] } {
  const { chosen, look } = draft
  const left = chosen.everything ? new Set(chosen.except) : new Set<string>()
  const workIds = (named ?? chosen.workIds).filter((id) => !left.has(id))
  const byFilter = chosen.everything && named === undefined
  if (!byFilter && workIds.length === 0)
    return { settings: [], faults: [{ id: 'works', fault: { because: 'nothing-chosen' } }] }
  if (chosen.answer.outcome === '')
    return { settings: [], faults: [{ id: 's-outcome', fault: { because: 'no-outcome' } }] }
  const asked = chosen.measure === 'all' ? measures : [chosen.measure]
  const works: Setting['works'] = byFilter
    ? { kind: 'filtered', filter: filterOf(look), except: [...left] }
    : { kind: 'chosen', workIds }
  return readAnswer({ typed: chosen.answer, measures: asked, field: 's', works })
}

/** Whether a filter can be kept as words; the works that differ have to be named one by one. */
export function isNamable({ view }: Look): boolean {
  return view !== 'differ'
}

function filterOf({ text, view }: Look): { text?: string; outcome?: 'pending' | 'refused' } {
  const outcome = view === 'pending' || view === 'refused' ? { outcome: view } : {}
  return { ...(text === '' ? {} : { text }), ...outcome }
}

type Typed = { typed: TypedAnswer; measures: readonly Measure[]; field: string; works: Setting['works'] }

function readAnswer({ typed, measures, field, works }: Typed): { settings: Setting[]; faults: FieldFault[] } {
  const parsed = answerSchema.safeParse({
    outcome: typed.outcome,
    ...(typed.code === '' ? {} : { code: typed.code }),
    ...(typed.text.trim() === '' ? {} : { text: typed.text }),
    ...(typed.date === '' ? {} : { effectiveOn: typed.date }),
  })
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path[0] === 'effectiveOn' ? 'date' : 'outcome'
    return { settings: [], faults: [{ id: `${field}-${at}`, fault: { because: 'unreadable' } }] }
  }
  const faults = faultsOf(measures, parsed.data)
  if (faults.length === 0) return { settings: [{ measures, works, answer: parsed.data }], faults: [] }
  return { settings: [], faults: onePerField(faults).map((fault) => ({ id: `${field}-${idOf[fault.field]}`, fault })) }
}

const idOf = { outcome: 'outcome', code: 'code', text: 'text', effectiveOn: 'date' } as const satisfies Record<
  AnswerFault['field'],
  string
>

// Three measures that lack the same date lack one date.
function onePerField(faults: readonly AnswerFault[]): AnswerFault[] {
  return faults.filter(
    ({ field, because }, at) =>
      because === 'not-for-this-measure' || faults.findIndex((other) => other.field === field) === at,
  )
}

function typedAnswer(form: FormData, field: string): TypedAnswer {
  return {
    outcome: textOf(form, `${field}-outcome`),
    code: textOf(form, `${field}-code`),
    text: cutText(textOf(form, `${field}-text`), 5_000),
    date: textOf(form, `${field}-date`),
  }
}

function cursorOf(form: FormData, intent: AnswerIntent, at: string): Cursor {
  if (intent === 'after' || intent === 'before') return cursorFrom(intent, at)
  if (intent === 'look') return null
  const [kind = '', place = ''] = textOf(form, 'shown-cursor').split(':')
  return kind === 'after' || kind === 'before' ? cursorFrom(kind, place) : null
}

function cursorFrom(kind: 'after' | 'before', place: string): Cursor {
  if (!z.uuid().safeParse(place).success) return null
  return kind === 'after' ? { after: place } : { before: place }
}

function viewOf(text: string): AnswersView {
  return answersViews.find((view) => view === text) ?? 'all'
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
