import { z } from 'zod'

import { findLogin, keepUnderToken } from '#app/platform/auth.server.ts'
import { withNobody, withPerson } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { hashPassword } from '#app/platform/passwords.server.ts'
import { countTry, type Try } from '#app/platform/rate-limit.server.ts'

import { locales, type Locale } from './forms.ts'
import { oweAccountMail } from './owe-account-mail.server.ts'
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
 * Nobody exists before the link is used, so nobody can prepare an account for a mailbox that is not theirs.
 */
export async function signUp(form: SignUp): Promise<Try> {
  const byClient = await countTry('sign-up client', form.clientAddress)
  if (!byClient.allowed) return byClient
  const byMailbox = await countTry('mail to address', form.email)
  if (!byMailbox.allowed) return byMailbox
  await atAnEvenPace(async () => {
    // Hashed on both ways: it is what takes time.
    const [passwordHash, known] = await Promise.all([hashPassword(form.password), findLogin(form.email)])
    await (known ? tellAlreadyRegistered(known) : askToConfirm(form, passwordHash))
  })
  return { allowed: true }
}

async function askToConfirm({ name, email, locale }: SignUp, passwordHash: string): Promise<void> {
  const kept = { name, email, passwordHash, locale } satisfies z.infer<typeof pendingSignUp>
  const token = await keepUnderToken('confirm-address', JSON.stringify(kept), confirmHours * 60)
  const url = `${env().BASE_URL}/confirm-address?token=${token}`
  await withNobody((tx) =>
    oweAccountMail(tx, { kind: 'confirm-address', address: email, locale, facts: { name, url, hours: confirmHours } }),
  )
}

async function tellAlreadyRegistered({ id, name, email }: { id: string; name: string; email: string }): Promise<void> {
  const { BASE_URL } = env()
  await withPerson(id, async (tx) => {
    const person = await tx.person.findUnique({ where: { id }, select: { locale: true } })
    const facts = { name, url: `${BASE_URL}/sign-in`, resetUrl: `${BASE_URL}/forgot-password` }
    await oweAccountMail(tx, {
      kind: 'already-registered',
      address: email,
      locale: person?.locale === 'ja' ? 'ja' : 'en',
      facts,
    })
  })
}
