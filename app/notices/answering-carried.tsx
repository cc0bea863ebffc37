import { defaultField, type AnswerDraft } from './answering.ts'
import type { Measure } from './measures.ts'

/** What the page carries from one request to the next without showing it. */
export function Carried({ draft: { settings, look } }: { draft: AnswerDraft }) {
  const cursor =
    look.cursor === null
      ? ''
      : Object.entries(look.cursor)
          .map((entry) => entry.join(':'))
          .join('')
  return (
    <>
      <input type="hidden" name="settings" value={JSON.stringify(settings)} />
      <input type="hidden" name="shown-q" value={look.text} />
      <input type="hidden" name="shown-show" value={look.view} />
      <input type="hidden" name="shown-cursor" value={cursor} />
    </>
  )
}

/** Also what the fields of the page hold, for the review, which does not show them. */
export function CarriedFields({ draft, measures }: { draft: AnswerDraft; measures: readonly Measure[] }) {
  return (
    <>
      {draft.clear && <input type="hidden" name="clear" value="on" />}
      {measures.flatMap((measure) =>
        Object.entries(draft.defaults[measure] ?? {}).map(([part, value]) => (
          <input key={`${measure}-${part}`} type="hidden" name={`${defaultField(measure)}-${part}`} value={value} />
        )),
      )}
    </>
  )
}
