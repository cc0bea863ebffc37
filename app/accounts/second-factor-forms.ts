import { normalText } from '#app/platform/normal-text.ts'
import { z } from 'zod'

import { m } from '#app/generated/messages/messages.js'

import { maxPasswordLength } from './passwords.ts'

/** Beginning with a code app, with the password in use. */
export const beginSecondFactorForm = z.object({
  password: z
    .string({ error: () => m.accounts_error_password_missing() })
    .max(maxPasswordLength, { error: () => m.accounts_error_password_long() }),
})

/** The first code of an app. */
export const confirmSecondFactorForm = z.object({ code: sixDigits() })

/** Answering the question at sign-in: a code of the app, or one of the recovery codes. */
export const secondFactorForm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('totp'),
    code: sixDigits(),
    trust: z.boolean().default(false),
    next: z.string().optional(),
  }),
  z.object({
    kind: z.literal('recovery'),
    code: z
      .string({ error: () => m.security_error_recovery_code() })
      .trim()
      .regex(/^(?:[a-z0-9][ -]*){12}$/i, { error: () => m.security_error_recovery_code() }),
    trust: z.boolean().default(false),
    next: z.string().optional(),
  }),
])

/** A code of an app. Apps show it in two halves, and some people type it so. */
export function sixDigits() {
  return z
    .string({ error: () => m.security_error_code() })
    .transform((text) => normalText(text, 'NFKC').replaceAll(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, { error: () => m.security_error_code() }))
}
