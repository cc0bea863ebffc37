import { z } from 'zod'

import { addressField } from '#app/accounts/address.ts'
import { lineField } from '#app/accounts/names.ts'
import { countries, isTimeZone } from '#app/accounts/places.ts'
import { m } from '#app/generated/messages/messages.js'

import { contactPurposes } from './contact.ts'

/** A contact that a vendor adds to its own entry: an e-mail address, with the place whose working days count. */
export const ownContactForm = z.object({
  purpose: z.enum(contactPurposes, { error: () => m.vendors_error_purpose() }),
  address: addressField(),
  locale: z.enum(['en', 'ja']).default('en'),
  country: z.enum(countries, { error: () => m.vendors_error_country() }),
  region: lineField(6)
    .transform((code) => code.toUpperCase())
    .pipe(z.string().regex(/^[A-Z0-9]{1,3}$/, { error: () => m.vendors_error_region() }))
    .optional(),
  timeZone: z
    .string({ error: () => m.vendors_error_time_zone() })
    .refine(isTimeZone, { error: () => m.vendors_error_time_zone() }),
})
/** Such a contact. */
export type OwnContact = z.output<typeof ownContactForm>

/** The code that was mailed to a contact, as somebody types it: the letters that look like digits are forgiven. */
export const contactCodeForm = z.object({
  contactId: z.uuid(),
  code: z
    .string({ error: () => m.security_contact_error_code() })
    .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1'))
    .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{8}$/, { error: () => m.security_contact_error_code() })),
})

/** Naming a contact. */
export const contactIdForm = z.object({ contactId: z.uuid() })
