import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { forwardAddressSchema } from './forwarding.ts'

/** So many notices are sent again by one form; the page says how many are left. */
export const mostResent = 100

/** Where blocked notices are to go: a contact of the directory, or an address that the holder gives. */
export const fixContactForm = z
  .object({
    to: z.string({ error: () => m.replies_fix_to_missing() }),
    address: z.string().trim().max(300).optional(),
    locale: z.enum(['en', 'ja']).catch('en'),
    source: z
      .string()
      .trim()
      .max(300, { error: () => m.replies_fix_source_long({ max: '300' }) })
      .optional(),
    notice: z
      .array(z.string(), { error: () => m.replies_fix_notices_missing() })
      .min(1, { error: () => m.replies_fix_notices_missing() })
      .max(mostResent, { error: () => m.replies_fix_notices_many({ max: String(mostResent) }) }),
  })
  .transform((given, context) => {
    const { to, locale, source = '', notice } = given
    const references = [...new Set(notice)]
    if (to !== 'new') return { kind: 'contact' as const, contactId: to, references }
    const address = forwardAddressSchema.safeParse(given.address)
    if (!address.success)
      context.addIssue({
        code: 'custom',
        path: ['address'],
        message: m.replies_fix_address_odd(),
        input: given.address,
      })
    if (source === '')
      context.addIssue({ code: 'custom', path: ['source'], message: m.replies_fix_source_missing(), input: source })
    return { kind: 'new' as const, address: address.data ?? '', locale, source, references }
  })

/** What such a form says. */
export type ContactFix = z.output<typeof fixContactForm>
