import { Temporal } from 'temporal-polyfill'
import { m } from '#app/generated/messages/messages.js'
import { letterFactsOf, type FilingVendor, type FilingWorks, type HolderFacts } from '#app/notices/filing-facts.ts'
import { composeLetter } from '#app/notices/letter-composition.ts'
import type { LetterFacts } from '#app/notices/letter-facts.ts'
import { letterText, type Letter } from '#app/notices/letter.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { CollectiveContent } from './collective.ts'

/** What an annex says of its member. */
export interface AnnexFacts {
  readonly holder: HolderFacts
  readonly works: FilingWorks | null
  /** The member's own words, where the association left it room for them. */
  readonly paragraph: string
  readonly mandateVersion: number | null
}

/** Who files. */
export interface AssociationFacts {
  readonly name: string
  readonly nameOther: string | null
  /** In which the instants that it types are meant. */
  readonly timeZone: string
}

/** What the letter of one member to one vendor is made of. */
export interface AnnexToCompose {
  readonly content: CollectiveContent
  readonly association: AssociationFacts
  readonly annex: AnnexFacts
  readonly vendor: FilingVendor | null
  /** Of the notice; null before it was drawn. */
  readonly reference: string | null
}

/**
 * What the letter of one member to one vendor is composed of: the words that all annexes share, the member's name and works,
 * and in the signature the association that files under its mandate.
 */
function annexLetterFacts({ content, association, annex, vendor, reference }: AnnexToCompose): LetterFacts {
  const { filing } = content
  const { locale, signature } = filing
  const files = nameIn(locale, association.name, association.nameOther)
  const colon = locale === 'ja' ? '　' : ', '
  return letterFactsOf({
    content: {
      ...filing,
      paragraph: paragraphsOf({ content, annex, files }),
      particulars: {
        ...filing.particulars,
        capturedAt: localIn(filing.particulars.capturedAt, association.timeZone, annex.holder.timeZone),
      },
      signature: signature && { ...signature, capacity: `${signature.capacity}${colon}${files}` },
    },
    facts: {
      holder: annex.holder,
      vendors: [],
      works: annex.works,
      evidence: [],
      locations: [],
      left: {},
    },
    vendor,
    references: {
      filing: '',
      notices: vendor !== null && reference !== null ? { [vendor.id]: reference } : {},
    },
    personId: signature?.personId ?? '',
    locale,
  })
}

// The association typed it by its own clock; the letter is the member's.
function localIn(typed: string, from: string, to: string): string {
  if (typed === '') return ''
  const there = Temporal.PlainDateTime.from(typed).toZonedDateTime(from).withTimeZone(to).toPlainDateTime()
  return there.toString({ smallestUnit: 'minute' })
}

/** The letter itself, with the text that is hashed. */
export function composeAnnex(toCompose: AnnexToCompose): { readonly letter: Letter; readonly text: string } {
  const letter = composeLetter(annexLetterFacts(toCompose))
  return { letter, text: letterText(letter) }
}

function paragraphsOf({
  content: { filing, wordingLocked },
  annex: { holder, paragraph, mandateVersion },
  files,
}: {
  content: CollectiveContent
  annex: AnnexFacts
  files: string
}): string {
  const { locale } = filing
  const member = nameIn(locale, holder.name, holder.nameOther)
  const mandate =
    mandateVersion === null
      ? m.collective_letter_mandate({ association: files, member }, { locale })
      : m.collective_letter_mandate_version({ association: files, member, version: mandateVersion }, { locale })
  return [mandate, filing.paragraph.trim(), wordingLocked ? '' : paragraph.trim()].filter(Boolean).join('\n\n')
}
