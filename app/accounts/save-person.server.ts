import type { z } from 'zod'

import { renameLogin } from '#app/platform/auth.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

import type { Locale, personForm } from './forms.ts'
import type { Viewer } from './viewer.server.ts'

/** Keeps what a person says of themselves: names, language, time zone, appearance. */
export async function savePerson(viewer: Viewer, form: z.infer<typeof personForm>): Promise<void> {
  const { name, nameOther, locale, timeZone, theme, shortcuts } = form
  const data = {
    name,
    nameOther: nameOther ?? null,
    locale,
    timeZone,
    theme: theme === 'system' ? null : theme,
    shortcuts,
  }
  await withPerson(viewer.personId, (tx) => tx.person.updateMany({ where: { id: viewer.personId }, data }))
  if (name !== viewer.name) await renameLogin(viewer.personId, name)
}

/** Keeps the language a signed-in person chose. */
export async function saveLanguage(viewer: Viewer, locale: Locale): Promise<void> {
  await withPerson(viewer.personId, (tx) => tx.person.updateMany({ where: { id: viewer.personId }, data: { locale } }))
}
