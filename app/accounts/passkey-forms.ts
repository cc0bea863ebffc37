import { z } from 'zod'

import { m } from '#app/generated/messages/messages.js'

import { lineField } from './names.ts'

const bytes = z
  .string()
  .regex(/^[\w-]*$/)
  .max(20_000)

const common = {
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).exactOptional(),
}

/** What a browser made for a new passkey: WebAuthn's RegistrationResponseJSON, as far as it is looked at. */
const made = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
})

/** What a passkey answered: WebAuthn's AuthenticationResponseJSON, as far as it is looked at. */
const answered = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.exactOptional(),
  }),
})

/** The name of a passkey. */
export const passkeyName = z
  .string({ error: () => m.security_passkey_error_name() })
  .pipe(lineField(60))
  .pipe(z.string().min(1, { error: () => m.security_passkey_error_name() }))

/** Adding a passkey: its name, and what the browser made. */
export const addPasskeyForm = z.object({ name: passkeyName, response: json(made) })

/** Signing in by a passkey. */
export const passkeySignInForm = z.object({ response: json(answered), next: z.string().optional() })

/** Renaming a passkey. */
export const renamePasskeyForm = z.object({ passkeyId: z.uuid(), name: passkeyName })

/** Removing a passkey. */
export const passkeyForm = z.object({ passkeyId: z.uuid() })

// The script fills it in: without the script there is none.
function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string({ error: () => m.security_passkey_no_answer() })
    .max(60_000)
    .transform((text, context) => {
      try {
        const value: unknown = JSON.parse(text)
        return value
      } catch {
        context.addIssue({ code: 'custom', message: m.security_passkey_no_answer() })
        return z.NEVER
      }
    })
    .pipe(schema)
}
