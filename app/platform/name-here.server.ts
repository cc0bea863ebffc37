import { getLocale } from '#app/generated/messages/runtime.js'
import { Prisma } from '#app/generated/prisma/client.ts'

// As `languageOf` tells scripts.
const japanese = '[\u3041-\u30ff\u3400-\u9fff]'
const eastern = '[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]'

/**
 * The name that the reader can read, for a list: of a name and its form in the other script, the one in the script of
 * the page's language.
 *
 * @param of the alias of a table with `name` and `name_other`
 */
export function nameHere(of: 'a' | 'b' | 'p' | 'q' | 'v'): Prisma.Sql {
  const [name, other] = [Prisma.raw(`${of}.name`), Prisma.raw(`${of}.name_other`)]
  return getLocale() === 'ja'
    ? Prisma.sql`case when ${name} !~ ${japanese} and ${other} ~ ${japanese} then ${other} else ${name} end`
    : Prisma.sql`case when ${name} ~ ${eastern} and ${other} <> '' and ${other} !~ ${eastern} then ${other} else ${name} end`
}
