import type { Browser } from '@playwright/test'
import { file, prepareFiling } from './filing.ts'
import { newestMail, waitForMail } from './mailbox.ts'
import { newPerson, signIn, sql, withoutUndo } from './portal.ts'

/** The demo's vendor with an account, and the address of its contact for legal notices. */
export const northlight = { name: 'Northlight AI (demo)', address: 'rights@northlight.test' } as const

/** The reference of a fresh notice of the studio that the vendor's mail server has taken. */
export async function serveNotice(browser: Browser): Promise<string> {
  const restore = await withoutUndo('hoshizora')
  const page = await newPerson(browser)
  try {
    await signIn(page, 'studio')
    const before = newestMail()
    const [person] = await sql<{ name: string }>(`select name from person where email = 'studio@demo.test'`)
    await prepareFiling(page, { vendors: [northlight.name], signatory: person?.name ?? '' })
    const filing = await file(page)
    const [notice] = await sql<{ reference: string }>(
      'select n.reference from notice n join filing f on f.id = n.filing_id where f.reference = $1',
      [filing],
    )
    const reference = notice?.reference ?? ''
    await waitForMail({ to: northlight.address, subject: reference, after: before })
    return reference
  } finally {
    await restore()
    await page.context().close()
  }
}
