import { z } from 'zod'

import { m } from '#app/generated/messages/messages.js'

import { addressField, personAddressField } from './address.ts'
import { nameField } from './names.ts'
import { timeZoneField } from './organisation.ts'
import { isGuessable, maxPasswordLength, minPasswordLength } from './passwords.ts'
import { roles } from './roles.ts'

/** The languages of the portal. */
export const locales = ['en', 'ja'] as const
export type Locale = (typeof locales)[number]

/** Appearance: as the system says, or one of two. */
export const themes = ['system', 'light', 'dark'] as const

/** Signing in. The password is taken as it is typed; whether it fits is for the database to say. */
export const signInForm = z.object({
  email: addressField(),
  password: z
    .string({ error: () => m.accounts_error_password_missing() })
    .max(maxPasswordLength, { error: () => m.accounts_error_password_long() }),
  next: z.string().optional(),
})

/** Signing up: nothing is made until the address is confirmed. */
export const signUpForm = z
  .object({ name: nameField(), email: personAddressField(), password: newPasswordField() })
  .check(refuseGuessable((form) => [form.name, form.email]))

/** Asking for a link to set another password. */
export const forgotPasswordForm = z.object({ email: personAddressField() })

/** Setting another password by a mailed link. */
export const resetPasswordForm = z
  .object({ token: z.string().max(200), password: newPasswordField() })
  .check(refuseGuessable(() => []))

/** Confirming an address: the mail proves the mailbox, the password proves who signed up. */
export const confirmAddressForm = z.object({
  token: z.string().max(200),
  password: z
    .string({ error: () => m.accounts_error_password_missing() })
    .max(maxPasswordLength, { error: () => m.accounts_error_password_long() }),
})

/** Accepting an invitation as somebody new. */
export const joinForm = z
  .object({ name: nameField(), password: newPasswordField() })
  .check(refuseGuessable((form) => [form.name]))

/** Inviting a colleague. */
export const inviteForm = z.object({ email: personAddressField(), role: roleField() })

/** Giving a member another role. */
export const roleForm = z.object({ personId: z.uuid(), role: roleField() })

/** Naming an invitation, for taking it back. */
export const invitationForm = z.object({ invitationId: z.uuid() })

/** What a person says of themselves. */
export const personForm = z.object({
  name: nameField(),
  nameOther: nameField().optional(),
  locale: z.enum(locales, { error: () => m.accounts_error_locale() }),
  timeZone: timeZoneField(),
  theme: z.enum(themes).default('system'),
  shortcuts: z.boolean().default(false),
})

/** Changing one's password needs the one in use. */
export const changePasswordForm = z
  .object({
    currentPassword: z
      .string({ error: () => m.accounts_error_password_missing() })
      .max(maxPasswordLength, { error: () => m.accounts_error_password_long() }),
    password: newPasswordField(),
  })
  .check(refuseGuessable(() => []))

/** Choosing the organisation to act for. */
export const chooseOrganisationForm = z.object({ organisationId: z.uuid(), next: z.string().optional() })

/** Choosing the language of the screens. */
export const languageForm = z.object({ locale: z.enum(locales), next: z.string().optional() })

/** A path of this portal to go on to after an answer; anything that could lead elsewhere becomes `fallback`. */
export function safePath(path: string | null | undefined, fallback: string): string {
  if (path === null || path === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return fallback
  const base = 'https://portal.invalid'
  if (!URL.canParse(path, base)) return fallback
  const url = new URL(path, base)
  // Resolving dots can leave two slashes at the beginning: `/.//host` would lead to another host.
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : fallback
}

function roleField() {
  return z.enum(roles, { error: () => m.accounts_error_role() })
}

function newPasswordField() {
  return z
    .string({ error: () => m.accounts_error_password_missing() })
    .min(minPasswordLength, { error: () => m.accounts_error_password_short({ min: String(minPasswordLength) }) })
    .max(maxPasswordLength, { error: () => m.accounts_error_password_long() })
}

function refuseGuessable<Form extends { password: string }>(about: (form: Form) => readonly string[]) {
  return z.superRefine<Form>((form, context) => {
    if (!isGuessable(form.password, about(form))) return
    context.addIssue({ code: 'custom', path: ['password'], message: m.accounts_error_password_guessable() })
  })
}
