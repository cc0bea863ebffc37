import { languageOf } from './language-of.ts'

/** The name of a work, never cut, with its language; under it what identifies it. */
export function Title({ title, under }: { title: string; under?: readonly (string | number | null)[] }) {
  const known = under?.filter((each) => each !== null && each !== '') ?? []
  return (
    <>
      <span className="t-ja" lang={languageOf(title)}>
        {title}
      </span>
      {known.length > 0 && <span className="t-id">{known.join(' · ')}</span>}
    </>
  )
}

/** A name inside a sentence, with its language. */
export function Name({ children }: { children: string }) {
  return <span lang={languageOf(children)}>{children}</span>
}
