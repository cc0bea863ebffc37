import { z } from 'zod'

import { findLogin, keepUnderToken, type Login } from '#app/platform/auth.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { hashPassword } from '#app/platform/passwords.server.ts'
import { countTry, type Try } from '#app/platform/rate-limit.server.ts'

import { locales, type Locale } from './forms.ts'
import { oweAccountMail, type AccountMail } from './owe-account-mail.server.ts'
import { atAnEvenPace } from './pace.server.ts'

/** How long a sign-up waits for its confirmation. */
export const confirmHours = 24

/** What is kept until the address is confirmed. */
export const pendingSignUp = z.object({
  name: z.string(),
  email: z.string(),
  passwordHash: z.string(),
  locale: z.enum(locales),
})

type SignUp = { name: string; email: string; password: string; locale: Locale; clientAddress: string }

/**
 * Answers a sign-up with a mail, and with nothing else: a link to confirm the address, or word that it has an account already.
 * Nobody exists before the link is used, so nobody can prepare an account for a mailbox that is not theirs. Both ways
 * hash, and make the same statements, so that the time tells nothing.
 */
export async function signUp(form: SignUp): Promise<Try> {
  const byClient = await countTry('sign-up client', form.clientAddress)
  if (!byClient.allowed) return byClient
  const byMailbox = await countTry('mail to address', form.email)
  if (!byMailbox.allowed) return byMailbox
  await atAnEvenPace(async () => {
    const [passwordHash, known] = await Promise.all([hashPassword(form.password), findLogin(form.email)])
    const token = await (known === undefined ? keepPending(form, passwordHash) : keepNothing())
    const id = known?.id ?? newId()
    await withPerson(id, async (tx) => {
      const person = await tx.person.findUnique({ where: { id }, select: { locale: true } })
      await oweAccountMail(
        tx,
        known === undefined ? toConfirm(form, token) : alreadyRegistered(known, person?.locale === 'ja' ? 'ja' : 'en'),
      )
    })
  })
  return { allowed: true }
}

function keepPending({ name, email, locale }: SignUp, passwordHash: string): Promise<string> {
  const kept = { name, email, passwordHash, locale } satisfies z.infer<typeof pendingSignUp>
  return keepUnderToken('confirm-address', JSON.stringify(kept), confirmHours * 60)
}

// Of what a stranger typed for somebody's address nothing is kept: it is over at once, and nobody learns the token.
function keepNothing(): Promise<string> {
  return keepUnderToken('confirm-address', '', 0)
}

function toConfirm({ name, email, locale }: SignUp, token: string): AccountMail {
  const url = `${env().BASE_URL}/confirm-address?token=${token}`
  return { kind: 'confirm-address', address: email, locale, facts: { name, url, hours: confirmHours } }
}

function alreadyRegistered({ name, email }: Login, locale: Locale): AccountMail {
  const { BASE_URL } = env()
  const facts = { name, url: `${BASE_URL}/sign-in`, resetUrl: `${BASE_URL}/forgot-password` }
  return { kind: 'already-registered', address: email, locale, facts }
}
