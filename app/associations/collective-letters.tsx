import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { SelectField } from '#app/ui/fields.tsx'
import { nameIn } from '#app/ui/language-of.ts'
import { LetterBlock } from '#app/ui/letter-block.tsx'
import { Section } from '#app/ui/section.tsx'
import { LetterBlocks } from '#app/notices/letter-paper.tsx'
import type { Letter } from '#app/notices/letter.ts'

interface Named {
  readonly id: string
  readonly name: string
  readonly nameOther: string | null
}

interface LettersProps {
  readonly members: readonly Named[]
  readonly vendors: readonly Named[]
  readonly shown: { readonly memberId: string; readonly vendorId: string } | null
  readonly annex: Letter | null
  readonly cover: Letter | null
}

/** One vendor's covering letter and one member's letter to it, chosen from all there are. */
export function CollectiveLetters({ members, vendors, shown, annex, cover }: LettersProps) {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const options = (all: readonly Named[]) =>
    all.map(({ id, name, nameOther }) => ({ value: id, label: nameIn(locale, name, nameOther) }))
  return (
    <Section id="letters" title={m.collective_letters()}>
      <form method="get" className="filters">
        <SelectField
          field={{ id: 'member', name: 'member', initialValue: shown?.memberId }}
          label={m.collective_member()}
          options={options(members)}
        />
        <SelectField
          field={{ id: 'vendor', name: 'vendor', initialValue: shown?.vendorId }}
          label={m.collective_vendor()}
          options={options(vendors)}
        />
        <Button>{m.collective_show_letters()}</Button>
      </form>
      {cover !== null && <OneLetter title={m.collective_cover()} letter={cover} open={false} />}
      {annex !== null && <OneLetter title={m.collective_annex_letter()} letter={annex} open />}
    </Section>
  )
}

/** A letter under its title, as it will be sent. */
export function OneLetter({ title, letter, open }: { title: string; letter: Letter; open: boolean }) {
  return (
    <Details summary={title} open={open}>
      <div className="gap">
        <LetterBlock label={title} lang={letter.locale} full>
          <LetterBlocks letter={letter} />
        </LetterBlock>
      </div>
    </Details>
  )
}
