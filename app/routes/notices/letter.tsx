import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { findLetters, type StoredLetter } from '#app/notices/find-letter.server.ts'
import { LetterBlocks } from '#app/notices/letter-paper.tsx'
import { LetterPdfLinks } from '#app/notices/letter-pdf-links.tsx'
import { listCrumb } from '#app/notices/list-crumb.ts'
import { parseReference } from '#app/notices/reference.ts'
import { LetterBlock } from '#app/ui/letter-block.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { languageNames } from '#app/ui/language-of.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/letter.ts'

export const meta: Route.MetaFunction = ({ params }) =>
  pageTitle(m.notices_letter_title({ reference: params.reference }))

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const reference = parseReference(params.reference)?.reference
  const letters = reference === undefined ? [] : await findLetters(member, reference)
  if (reference === undefined || letters.length === 0) throw new Response(null, { status: 404 })
  return { reference, letters, kind: member.organisation.kind }
}

/** The letter of a notice as it was frozen, in each of its languages. */
export default function LetterPage({ loaderData: { reference, letters, kind } }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.notices_letter_title({ reference })}
        crumbs={[
          listCrumb(kind),
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.notices_facts_letter() },
        ]}
      >
        {m.notices_letter_as_sent()}
      </PageHead>
      <div className="stack">
        {letters.map((stored) => (
          <Paper key={stored.letter.locale} stored={stored} all={letters} reference={reference} />
        ))}
      </div>
    </>
  )
}

function Paper({ stored, all, reference }: { stored: StoredLetter; all: readonly StoredLetter[]; reference: string }) {
  const { letter, sha256 } = stored
  const { locale } = letter
  return (
    <div className="prose">
      <Section id={locale} title={<span lang={locale}>{languageNames[locale]}</span>}>
        <LetterBlock full lang={locale} label={m.notices_letter_title({ reference })}>
          <LetterBlocks letter={letter} />
        </LetterBlock>
        <p className="cap gap hash">SHA-256 {sha256}</p>
        <LetterPdfLinks stored={stored} all={all} path={`/notices/${reference}`} />
      </Section>
    </div>
  )
}
