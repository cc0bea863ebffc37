import { getLocale } from '#app/generated/messages/runtime.js'
import { languageOf } from '#app/ui/language-of.ts'

/** A vendor's name, and under it the name in the other script. */
export function VendorName({ name, nameOther, href }: { name: string; nameOther: string | null; href?: string }) {
  const words = <span lang={languageOf(name)}>{name}</span>
  return (
    <>
      {href === undefined ? words : <a href={href}>{words}</a>}
      {nameOther !== null && (
        <span className="t-id" lang={languageOf(nameOther)}>
          {nameOther}
        </span>
      )}
    </>
  )
}

/** The language that country names and times are written in. */
export function readersLocale(): 'en' | 'ja' {
  return getLocale() === 'ja' ? 'ja' : 'en'
}
