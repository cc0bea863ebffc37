import { m } from '#app/generated/messages/messages.js'
import { sha256 } from '#app/ledger/hash.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { LetterLocale } from './legal-bases/basis.ts'
import type { AnnexWork } from './letter-annex.ts'
import { languageWords } from './language-words.ts'
import type { LetterPdf } from './letter-pdf.tsx'
import { composeLetter } from './letter-composition.ts'
import { letterFactsSchema } from './letter-facts-schema.ts'
import { letterSchema, letterText, type Letter } from './letter.ts'

/** So many works stand in the annex of a PDF; the CSV holds all. */
const worksInAnnex = 500

interface Row {
  readonly reference: string
  readonly locale: string
  readonly blocks: unknown
  readonly facts: unknown
  readonly sha256: string
  readonly works: number
  readonly holder: string
  readonly holderOther: string | null
  readonly country: string
  readonly scope: string
  readonly catalogueId: string
  readonly version: number
  readonly kind: 'all' | 'listed'
}

/**
 * What the PDF of a notice's letter is drawn from: the letter as it was kept, never composed again.
 *
 * @param wanted.locale the notice's own language unless another of its letters is asked for
 * @param wanted.translated gives what the letter says in the other language, marked as a translation, where it has no letter in it
 * @returns null where the asker of this transaction has no such notice, or it no such letter
 * @throws if the kept letter is not the text whose hash was sent
 */
export async function getLetterPdf(
  tx: Transaction,
  { reference, locale, translated = false }: { reference: string; locale: LetterLocale | null; translated?: boolean },
): Promise<LetterPdf | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select n.reference, l.locale, l.blocks, l.facts, l.sha256, n.works_count as works, h.name as holder, h.name_other as "holderOther", h.country,
      s.id as scope, s.catalogue_id as "catalogueId", s.version, s.kind
    from notice n join notice_letter l on l.notice_id = n.id and (l.locale = coalesce(${locale}::text, n.locale) or (${translated}::boolean and l.locale = n.locale))
    join organisation h on h.id = n.holder_organisation_id join notice_scope s on s.id = n.scope_id
    where n.reference = ${reference} and n.stage <> 'draft' order by l.locale = ${locale}::text desc limit 1`
  if (row === undefined) return null
  const letter = letterSchema.parse({ locale: row.locale, blocks: row.blocks })
  if (sha256(letterText(letter)) !== row.sha256)
    throw new Error(`The letter of ${row.reference} is not the text that its hash was made of`)
  const shown = locale === null || locale === letter.locale ? letter : translationOf(row, locale)
  if (shown === null) return null
  const works = await findAnnex(tx, row)
  return withLocale(shown.locale, () => paperOf(row, { letter: shown, sent: letter.locale, works }))
}

// Only from what the letter itself was composed of. Letters of before that was kept have none.
function translationOf({ reference, facts: kept, sha256: hash }: Row, locale: LetterLocale): Letter | null {
  if (kept === null) return null
  const facts = letterFactsSchema.parse(kept)
  if (sha256(letterText(composeLetter(facts))) !== hash)
    throw new Error(`The letter of ${reference} was not composed of the facts that are kept with it`)
  const letter = composeLetter({ ...facts, locale })
  const note = m.evidence_pdf_translation({ language: languageWords[facts.locale]({}, { locale }) }, { locale })
  return { ...letter, blocks: [{ type: 'paragraph', lines: [[{ text: note }]] }, ...letter.blocks] }
}

interface Shown {
  readonly letter: Letter
  /** The language of the letter that was sent. */
  readonly sent: LetterLocale
  readonly works: readonly AnnexWork[]
}

function paperOf(row: Row, { letter, sent, works }: Shown): LetterPdf {
  const { reference, sha256: hash } = row
  const holder = nameIn(letter.locale, row.holder, row.holderOther)
  const count = formatNumber(row.works)
  return {
    letter,
    paper: paperIn(row.country),
    title: m.notices_letter_title({ reference }),
    holder,
    footer: {
      reference: m.evidence_pdf_footer({ reference, holder }),
      hash:
        letter.locale === sent
          ? m.evidence_pdf_hash({ sha256: hash })
          : m.evidence_pdf_translation_of({ sha256: hash }),
      numbers: m.evidence_pdf_page({ page: '{page}', pages: '{pages}' }),
      note: m.evidence_pdf_missing({ mark: '〓' }),
    },
    annex: {
      title: m.evidence_pdf_annex({ count, n: row.works }),
      heads: [m.evidence_pdf_work(), m.evidence_pdf_id(), m.evidence_pdf_year()],
      works,
      more:
        row.works > works.length
          ? m.evidence_pdf_more({
              shown: formatNumber(works.length),
              count,
              address: `${env().BASE_URL}/notices/${reference}/annex.csv`,
            })
          : '',
    },
  }
}

/** The paper of a country: Letter where that is what printers hold, else A4. */
export function paperIn(country: string): LetterPdf['paper'] {
  return ['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE', 'CR', 'GT', 'PA', 'DO', 'SV', 'NI', 'HN', 'PR'].includes(country)
    ? 'LETTER'
    : 'A4'
}

function findAnnex(tx: Transaction, { scope, catalogueId, version, kind }: Row): Promise<AnnexWork[]> {
  return tx.$queryRaw<AnnexWork[]>`
    select w.title, w.external_id as "externalId", w.year from work w
    where w.catalogue_id = ${catalogueId}::uuid and w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version})
      and (${kind} = 'all' or exists (select from notice_scope_work x where x.scope_id = ${scope}::uuid and x.work_id = w.work_id))
    order by w.work_id limit ${worksInAnnex}`
}
