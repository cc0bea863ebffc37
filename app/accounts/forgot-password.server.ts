import { resetMinutes } from '#app/platform/auth-settings.server.ts'
import { createResetToken, findLogin } from '#app/platform/auth.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { countTry, type Try } from '#app/platform/rate-limit.server.ts'

import { oweAccountMail } from './owe-account-mail.server.ts'
import { atAnEvenPace } from './pace.server.ts'

/**
 * Mails a link to set another password if the address has an account, and answers alike if it has none. Then all the same
 * is done for nobody, statement by statement, so that the time tells nothing on a busy machine either.
 */
export async function mailResetLink(email: string, clientAddress: string): Promise<Try> {
  const byClient = await countTry('sign-up client', clientAddress)
  if (!byClient.allowed) return byClient
  const byMailbox = await countTry('mail to address', email)
  if (!byMailbox.allowed) return byMailbox
  await atAnEvenPace(async () => {
    const { id, name, email: address } = (await findLogin(email)) ?? nobody()
    const url = `${env().BASE_URL}/reset-password?token=${await createResetToken(id)}`
    await withPerson(id, async (tx) => {
      const person = await tx.person.findUnique({ where: { id }, select: { locale: true } })
      const facts = { name, url, hours: resetMinutes / 60 }
      const locale = person?.locale === 'ja' ? 'ja' : 'en'
      await oweAccountMail(tx, { kind: 'reset-password', address, locale, facts })
    })
  })
  return { allowed: true }
}

// The outbox sends nothing to where the erased are.
function nobody() {
  return { id: newId(), name: '', email: 'nobody@erased.invalid' }
}
