import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { measures } from '#app/notices/measures.ts'
import { tidyTerms, type MandateScope, type Terms } from './mandate.ts'

/** How far a mandate reaches; each includes the one before it. */
export const levels = ['view', 'file', 'swear'] as const

/** One of them. */
export type Level = (typeof levels)[number]

/** What each level grants. */
export const scopesOf = {
  view: ['view'],
  file: ['view', 'file'],
  swear: ['view', 'file', 'swear'],
} as const satisfies Record<Level, readonly MandateScope[]>

/** The level of scopes: the furthest of them. */
export function levelOf(scopes: readonly MandateScope[]): Level {
  return levels.findLast((level) => scopes.includes(level)) ?? 'view'
}

const most = 1_000
const which = z.enum(['all', 'some']).default('all')
const ids = z.array(z.uuid()).max(most).default([])

/** The form of a mandate's terms. */
export const termsForm = z
  .object({
    level: z.enum(levels, { error: () => m.mandates_error_level() }),
    vendorsWhich: which,
    vendors: ids,
    measuresWhich: which,
    measures: z.array(z.enum(measures)).max(measures.length).default([]),
    cataloguesWhich: which,
    catalogues: ids,
    approvalRequired: z.literal('on').optional(),
    startsOn: z.iso.date({ error: () => m.mandates_error_day() }),
    endsOn: z.iso.date({ error: () => m.mandates_error_day() }).optional(),
    signName: z.string().max(200).default(''),
    capacity: z.string().max(200).default(''),
  })
  .check((context) => {
    const { value, issues } = context
    for (const field of ['vendors', 'measures', 'catalogues'] as const)
      if (value[`${field}Which`] === 'some' && value[field].length === 0)
        issues.push({ code: 'custom', input: value[field], path: [field], message: m.mandates_error_none_chosen() })
    if (value.endsOn !== undefined && value.endsOn < value.startsOn)
      issues.push({ code: 'custom', input: value.endsOn, path: ['endsOn'], message: m.mandates_error_ends_before() })
  })

/** What the form holds once it is read. */
export type TermsForm = z.output<typeof termsForm>

/** The terms that a form describes. */
export function termsIn(form: TermsForm): Terms {
  return tidyTerms({
    scopes: scopesOf[form.level],
    vendors: chosen(form.vendorsWhich, form.vendors),
    measures: chosen(form.measuresWhich, form.measures),
    catalogues: chosen(form.cataloguesWhich, form.catalogues),
    approvalRequired: form.approvalRequired === 'on',
    startsOn: form.startsOn,
    endsOn: form.endsOn ?? null,
  })
}

function chosen<T>(kind: 'all' | 'some', list: readonly T[]): readonly T[] | null {
  return kind === 'all' ? null : list
}

/** A form filled in with terms. */
export function formOf(terms: Terms): Record<string, string | string[]> {
  const { scopes, vendors, measures: wanted, catalogues, approvalRequired, startsOn, endsOn } = terms
  return {
    level: levelOf(scopes),
    vendorsWhich: vendors === null ? 'all' : 'some',
    vendors: [...(vendors ?? [])],
    measuresWhich: wanted === null ? 'all' : 'some',
    measures: [...(wanted ?? [])],
    cataloguesWhich: catalogues === null ? 'all' : 'some',
    catalogues: [...(catalogues ?? [])],
    approvalRequired: approvalRequired ? 'on' : '',
    startsOn,
    endsOn: endsOn ?? '',
  }
}
