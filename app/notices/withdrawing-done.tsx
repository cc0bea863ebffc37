import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'

/** Says what the page before has withdrawn: `notice`, or how many works. Nothing for anything else in the address. */
export function WithdrawingDone({
  done,
  vendor,
  reference,
}: {
  done: string | null
  vendor: string
  reference: string
}) {
  const words = doneWords(done, vendor)
  if (words === null) return null
  return (
    <div className="below">
      <Note tone="agreed" status>
        <p>
          {words} <a href={`/notices/${reference}`}>{m.vendors_answer_to_notice()}</a>
        </p>
      </Note>
    </div>
  )
}

function doneWords(done: string | null, vendor: string): string | null {
  if (done === 'notice') return m.vendors_withdraw_done_notice()
  const works = Number(done ?? Number.NaN)
  if (done === '' || !Number.isSafeInteger(works) || works < 0) return null
  // The same form sent twice: the first withdrew them.
  if (works === 0) return m.vendors_withdraw_done_before()
  return m.vendors_withdraw_done_works({ n: works, count: formatNumber(works), vendor })
}
