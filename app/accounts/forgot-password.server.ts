import { resetMinutes } from '#app/platform/auth-settings.server.ts'
import { createResetToken, findLogin } from '#app/platform/auth.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { countTry, type Try } from '#app/platform/rate-limit.server.ts'

import { oweAccountMail } from './owe-account-mail.server.ts'
import { atAnEvenPace } from './pace.server.ts'

/** Mails a link to set another password if the address has an account, and answers alike if it has none. */
export async function mailResetLink(email: string, clientAddress: string): Promise<Try> {
  const byClient = await countTry('sign-up client', clientAddress)
  if (!byClient.allowed) return byClient
  const byMailbox = await countTry('mail to address', email)
  if (!byMailbox.allowed) return byMailbox
  await atAnEvenPace(async () => {
    const token = await createResetToken(email)
    const login = token === undefined ? undefined : await findLogin(email)
    if (token === undefined || login === undefined) return
    const url = `${env().BASE_URL}/reset-password?token=${token}`
    await withPerson(login.id, async (tx) => {
      const person = await tx.person.findUnique({ where: { id: login.id }, select: { locale: true } })
      const facts = { name: login.name, url, hours: resetMinutes / 60 }
      await oweAccountMail(tx, {
        kind: 'reset-password',
        address: login.email,
        locale: person?.locale === 'ja' ? 'ja' : 'en',
        facts,
      })
    })
  })
  return { allowed: true }
}
