import { normalText } from '#app/platform/normal-text.ts'
import { z } from 'zod'

import { m } from '#app/generated/messages/messages.js'

import { lineField, nameField } from './names.ts'
import { countries, isTimeZone } from './places.ts'

/** What kinds of tenant there are. */
export const organisationKinds = ['rights_holder', 'vendor', 'association', 'operator'] as const
export type OrganisationKind = (typeof organisationKinds)[number]

/** The kinds a person may found by themselves; associations and operators are made by the operator. */
export const foundableKinds = ['rights_holder', 'vendor'] as const satisfies readonly OrganisationKind[]

/** The most first mails an hour that an organisation can set for one contact; the operator may let through fewer. */
export const maxFirstMails = 1000

/** How long members of an association may have to look at their annex, in hours: at most thirty days. */
export const maxReviewHours = 720

/** How long a filing may wait for a recall, in minutes: at most a day. */
export const maxUndoMinutes = 1440

const details = {
  name: nameField(),
  nameOther: nameField().optional(),
  addressLines: addressLinesField(),
  locality: lineField(120, () => m.accounts_error_locality_missing()).pipe(
    z.string().min(1, { error: () => m.accounts_error_locality_missing() }),
  ),
  postalCode: lineField(20).optional(),
  country: z.enum(countries, { error: () => m.accounts_error_country_missing() }),
  telephone: telephoneField().optional(),
  website: websiteField().optional(),
  timeZone: timeZoneField(),
}

/** What an organisation says of itself; it stands in its letters. The time zone is the clock it lives by. */
export const organisationForm = z.object(details)

/** Founding an organisation: what it is, and what it says of itself. */
export const foundingForm = z.object({
  kind: z.enum(foundableKinds, { error: () => m.accounts_error_kind_missing() }),
  ...details,
})

/** What the form of founding holds as it is typed. */
export type FoundingInput = Record<keyof z.input<typeof foundingForm>, string>
/** What the form of an organisation holds as it is typed. */
export type OrganisationInput = Record<keyof z.input<typeof organisationForm>, string>

/** How the organisation sends: how long each filing waits for a recall. */
export const sendingForm = z.object({
  undoMinutes: z
    .number({ error: undoError })
    .int({ error: undoError })
    .min(0, { error: undoError })
    .max(maxUndoMinutes, { error: undoError }),
  firstMailsPerHour: z
    .number({ error: firstMailsError })
    .int({ error: firstMailsError })
    .min(1, { error: firstMailsError })
    .max(maxFirstMails, { error: firstMailsError })
    .optional(),
  /** Of an association; nobody else has members that look first. */
  reviewHours: z
    .number({ error: reviewHoursError })
    .int({ error: reviewHoursError })
    .min(1, { error: reviewHoursError })
    .max(maxReviewHours, { error: reviewHoursError })
    .optional(),
})

function reviewHoursError(): string {
  return m.accounts_error_review_hours({ max: String(maxReviewHours) })
}

function firstMailsError(): string {
  return m.filing_error_first_mails({ max: '1,000' })
}

function undoError(): string {
  return m.accounts_error_undo_minutes({ max: '1,440' })
}

/** An IANA time zone out of the list. */
export function timeZoneField() {
  return z
    .string({ error: () => m.accounts_error_time_zone() })
    .refine(isTimeZone, { error: () => m.accounts_error_time_zone() })
}

/**
 * The stem of an organisation's address in links, out of the first name that has Latin letters.
 *
 * @returns small letters, digits and hyphens, at most 40; empty when no name has any
 */
export function slugStem(names: readonly string[]): string {
  for (const name of names) {
    const stem = normalText(name, 'NFKD')
      .toLowerCase()
      .replaceAll(/[\u0300-\u036F]/g, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, 40)
      .replaceAll(/^-+|-+$/g, '')
    if (stem.length >= 2) return stem
  }
  return ''
}

function addressLinesField() {
  return z
    .string({ error: () => m.accounts_error_postal_address_missing() })
    .transform((text) =>
      text
        .split(/\r\n|\r|\n/u)
        .map((line) => line.trim())
        .filter(Boolean),
    )
    .pipe(
      z
        .array(lineField(120))
        .min(1, { error: () => m.accounts_error_postal_address_missing() })
        .max(4, { error: () => m.accounts_error_postal_address_long() }),
    )
    .transform((lines) => lines.join('\n'))
}

function telephoneField() {
  return lineField(30).pipe(
    z.string().refine((text) => /^\+?[\d ().-]+$/.test(text) && /^\d{6,15}$/.test(text.replaceAll(/\D/g, '')), {
      error: () => m.accounts_error_telephone(),
    }),
  )
}

function websiteField() {
  return lineField(200).transform((text, context) => {
    const withScheme = /^[a-z]+:/i.test(text) ? text : `https://${text}`
    const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined
    if (
      url &&
      /^https?:$/.test(url.protocol) &&
      url.username === '' &&
      url.password === '' &&
      url.hostname.includes('.')
    )
      return url.href
    context.addIssue({ code: 'custom', message: m.accounts_error_website() })
    return z.NEVER
  })
}
