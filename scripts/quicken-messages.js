// The compiled messages make a new Intl.PluralRules for every plural, which costs more than the page around it.
// One for each language is enough: they hold no state.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bootstrap.js'

const path = join(root, 'app/generated/messages/registry.js')
const slow = 'return new Intl.PluralRules(locale, options).select(Number(input))'
const quick = `const known = pluralRules.get(locale) ?? new Intl.PluralRules(locale)
	pluralRules.set(locale, known)
	return known.select(Number(input))`

const source = readFileSync(path, 'utf8')
if (!source.includes(slow)) throw new Error(`${path} is not as expected: has the compiler of messages changed?`)
writeFileSync(
  path,
  `${source.replace(slow, quick)}\n/** @type {Map<string, Intl.PluralRules>} */\nconst pluralRules = new Map()\n`,
)
