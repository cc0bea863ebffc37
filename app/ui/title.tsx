import { languageOf } from './language-of.ts'

interface TitleProps {
  readonly title: string
  readonly under?: readonly (string | number | null)[]
  /** Where more of it stands. */
  readonly href?: string
}

/** The name of a work, never cut, with its language; under it what identifies it. */
export function Title({ title, under, href }: TitleProps) {
  const known = under?.filter((each) => each !== null && each !== '') ?? []
  return (
    <>
      <span className="t-ja" lang={languageOf(title)}>
        {href === undefined ? title : <a href={href}>{title}</a>}
      </span>
      {known.length > 0 && <span className="t-id">{known.join(' · ')}</span>}
    </>
  )
}

/** A name inside a sentence, with its language. */
export function Name({ children }: { children: string }) {
  return <span lang={languageOf(children)}>{children}</span>
}
