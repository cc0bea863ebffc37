import { z } from 'zod'
import { personAddressField } from '#app/accounts/address.ts'
import { m } from '#app/generated/messages/messages.js'
import { levels } from './terms-form.ts'

/** Inviting one member. */
export const inviteForm = z
  .object({
    email: personAddressField(),
    name: z
      .string({ error: () => m.mandates_error_member_name() })
      .trim()
      .min(1, { error: () => m.mandates_error_member_name() })
      .max(200),
    level: z.enum(levels, { error: () => m.mandates_error_level() }),
    approvalRequired: z.literal('on').optional(),
    startsOn: z.iso.date({ error: () => m.mandates_error_day() }),
    endsOn: z.iso.date({ error: () => m.mandates_error_day() }).optional(),
  })
  .refine(({ startsOn, endsOn }) => endsOn === undefined || endsOn >= startsOn, {
    path: ['endsOn'],
    error: () => m.mandates_error_ends_before(),
  })
