import { z } from 'zod'

import { normalAddress } from '#app/accounts/address.ts'
import { lineField } from '#app/accounts/names.ts'
import { countries, isTimeZone } from '#app/accounts/places.ts'
import { m } from '#app/generated/messages/messages.js'

import { contactChannels, contactPurposes, type ContactChannel } from './contact.ts'
import { crawlerPurposes } from './crawler-list.ts'
import { factKinds, factSchema } from './directory.ts'

// ISO 3166-1 alpha-2, and what stands after the hyphen of ISO 3166-2: US and CA for California.
const place = {
  country: z.enum(countries, { error: () => m.vendors_error_country() }).optional(),
  region: lineField(6)
    .transform((code) => code.toUpperCase())
    .pipe(z.string().regex(/^[A-Z0-9]{1,3}$/, { error: () => m.vendors_error_region() }))
    .optional(),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: () => m.vendors_error_time_zone() })
    .optional(),
}

/** A contact as the operator types it: the address has the form of its channel. */
export const contactForm = z
  .object({
    purpose: z.enum(contactPurposes, { error: () => m.vendors_error_purpose() }),
    channel: z.enum(contactChannels, { error: () => m.vendors_error_channel() }),
    address: z.string({ error: () => m.vendors_error_address_missing() }).trim(),
    locale: z.enum(['en', 'ja']).default('en'),
    ...place,
  })
  .transform((contact, context) => {
    const address = addressOf[contact.channel](contact.address)
    if (address !== undefined) return { ...contact, address }
    context.addIssue({ code: 'custom', path: ['address'], message: addressError[contact.channel]() })
    return z.NEVER
  })
export type NewContact = z.output<typeof contactForm>

const addressOf: Record<ContactChannel, (text: string) => string | undefined> = {
  email: normalAddress,
  web_form: secureAddress,
  api: secureAddress,
  post: (text) => (text.length >= 10 && text.length <= 1_000 ? text : undefined),
}

const addressError = {
  email: () => m.vendors_error_email(),
  web_form: () => m.vendors_error_web_address(),
  api: () => m.vendors_error_web_address(),
  post: () => m.vendors_error_postal_address(),
} satisfies Record<ContactChannel, () => string>

function secureAddress(text: string): string | undefined {
  if (!URL.canParse(text) || text.length > 2_000) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined
}

/** A line that must be there: an empty field is not sent on, so its absence says the same. */
function lineNamed(error: () => string, least = 1) {
  return z.string({ error }).pipe(lineField(200)).pipe(z.string().min(least, { error }))
}

/** How something was checked, in the operator's words: it stands on public pages and in mails. */
function howField() {
  return lineNamed(() => m.vendors_error_how(), 3)
}

/** Verifying a contact: how, and the place whose working days count, where it is not yet known. */
export const verifyContactForm = z.object({ how: howField(), ...place })
export type ContactCheck = z.output<typeof verifyContactForm>

/** Verifying an organisation: how. */
export const verifyOrganisationForm = z.object({ how: howField() })

/** The names of an entry. */
export const vendorNamesForm = z.object({
  name: lineNamed(() => m.vendors_error_name()),
  nameOther: lineField(200).optional(),
})

/** One fact as the operator types it: with the page and the day it was read, both or neither. */
export const factForm = z
  .object({
    kind: z.enum(factKinds, { error: () => m.vendors_error_fact_kind() }),
    value: lineNamed(() => m.vendors_error_fact_value()),
    purpose: z.enum(crawlerPurposes).optional(),
    sourceUrl: z
      .url({ protocol: /^https?$/, error: () => m.vendors_error_source_url() })
      .max(2_000)
      .optional(),
    sourceOn: z.iso.date({ error: () => m.vendors_error_source_on() }).optional(),
  })
  .transform((typed, context) => {
    const { kind, sourceUrl, sourceOn } = typed
    const value = kind === 'country' ? typed.value.toUpperCase() : typed.value
    if ((sourceUrl === undefined) !== (sourceOn === undefined)) {
      const path = [sourceUrl === undefined ? 'sourceUrl' : 'sourceOn']
      context.addIssue({ code: 'custom', path, message: m.vendors_error_source_half() })
      return z.NEVER
    }
    const source = sourceUrl === undefined || sourceOn === undefined ? null : { url: sourceUrl, on: sourceOn }
    const fact = factSchema.safeParse({
      kind,
      value,
      note: kind === 'crawler' ? (typed.purpose ?? 'unknown') : null,
      source,
    })
    if (fact.success) return fact.data
    const message =
      kind === 'country'
        ? m.vendors_error_country()
        : kind === 'website'
          ? m.vendors_error_website()
          : m.vendors_error_fact_value()
    context.addIssue({ code: 'custom', path: ['value'], message })
    return z.NEVER
  })
