import { data } from 'react-router'
import { m } from '#app/generated/messages/messages.js'
import { findLettersByLink } from '#app/notices/find-letters-by-link.server.ts'
import { LetterBlocks } from '#app/notices/letter-paper.tsx'
import { LetterPdfLinks } from '#app/notices/letter-pdf-links.tsx'
import { LinkGone } from '#app/notices/link-page-view.tsx'
import { LetterBlock } from '#app/ui/letter-block.tsx'
import { languageNames } from '#app/ui/language-of.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/link-letter.ts'
import { visitOf } from './link-visit.ts'

export const meta: Route.MetaFunction = () => [
  ...pageTitle(m.mails_the_letter()),
  { name: 'robots', content: 'noindex' },
]

export async function loader({ request, params, context }: Route.LoaderArgs) {
  const letters = await findLettersByLink(params.token, visitOf(request, context, 'letter'))
  return data(
    { letters, path: `/n/${params.token}` },
    { status: letters.open ? 200 : 404, headers: { 'X-Robots-Tag': 'noindex' } },
  )
}

/** The letter of the notice behind a mail link, as it was frozen, with the hash that the mail names. */
export default function LinkLetter({ loaderData: { letters, path } }: Route.ComponentProps) {
  if (!letters.open) return <LinkGone because={letters.because} />
  const { reference, stored } = letters.value
  return (
    <>
      <p className="crumbs">
        <a href={path}>{m.mails_answer_page_title()}</a>
      </p>
      <h1>{m.notices_letter_title({ reference })}</h1>
      <div className="stack gap">
        {stored.map((each) => (
          <div className="prose" key={each.letter.locale}>
            <Section
              id={each.letter.locale}
              title={<span lang={each.letter.locale}>{languageNames[each.letter.locale]}</span>}
            >
              <LetterBlock full lang={each.letter.locale} label={m.notices_letter_title({ reference })}>
                <LetterBlocks letter={each.letter} />
              </LetterBlock>
              <p className="cap gap hash">SHA-256 {each.sha256}</p>
              <LetterPdfLinks stored={each} all={stored} path={path} />
            </Section>
          </div>
        ))}
      </div>
    </>
  )
}
