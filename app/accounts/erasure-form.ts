import { z } from 'zod'

import { m } from '#app/generated/messages/messages.js'

import { maxPasswordLength } from './passwords.ts'
import { sixDigits } from './second-factor-forms.ts'

/** Asking to be erased: the password in use, and the app's code of those who have one. */
export function erasureForm({ needsCode }: { needsCode: boolean }) {
  return z.object({
    password: z
      .string({ error: () => m.accounts_error_password_missing() })
      .max(maxPasswordLength, { error: () => m.accounts_error_password_long() }),
    code: needsCode ? sixDigits() : z.string().optional(),
  })
}
