import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { languageOf, nameIn } from '#app/ui/language-of.ts'
import type { Arranged } from './arranged-coverage.ts'
import { coverageAddress, type CoverageQuery } from './coverage-query.ts'
import { coverageFoot, coverageRows } from './coverage-rows.tsx'

/** Members by vendors. Head and first column stay while the rest scrolls; each cell leads to its notices. */
export function CoverageTable({ arranged, query }: { arranged: Arranged; query: CoverageQuery }) {
  const { vendors } = arranged
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
    <section className="mx" tabIndex={0} aria-labelledby="matrix-caption">
      <table data-columns={vendors.length > 12 ? 'many' : undefined}>
        <caption className="sr" id="matrix-caption">
          {m.matrix_caption()}
        </caption>
        <thead>
          <tr>
            <SortHead query={query} by="name" words={m.matrix_member()} />
            {vendors.map(({ id, name, nameOther }) => (
              <SortHead
                key={id}
                query={query}
                by={id}
                words={nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther)}
              />
            ))}
          </tr>
        </thead>
        {/* oxlint-disable react/no-danger -- made of numbers and of words that are escaped there */}
        <tbody dangerouslySetInnerHTML={{ __html: coverageRows({ arranged, query }) }} />
        <tfoot dangerouslySetInnerHTML={{ __html: coverageFoot({ arranged, query }) }} />
        {/* oxlint-enable react/no-danger */}
      </table>
    </section>
  )
}

function SortHead({ query, by, words }: { query: CoverageQuery; by: string; words: string }) {
  const now = (query.sort ?? 'name') === by
  return (
    <th scope="col" aria-sort={now ? (by === 'name' ? 'ascending' : 'descending') : undefined} lang={languageOf(words)}>
      <a href={coverageAddress({ ...query, sort: by === 'name' ? undefined : by })}>{words}</a>
    </th>
  )
}
