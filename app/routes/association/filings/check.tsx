import { data, redirect } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { CollectiveLetters } from '#app/associations/collective-letters.tsx'
import { CollectiveRepeated } from '#app/associations/collective-repeated.tsx'
import { CollectiveHead } from '#app/associations/collective-steps.tsx'
import { gapPlace, gapWord } from '#app/associations/collective-words.ts'
import { mostRepeated } from '#app/associations/find-repeated.server.ts'
import type { CollectiveGap } from '#app/associations/collective-gaps.ts'
import { previewCollective, type CollectivePreview } from '#app/associations/preview-collective.server.ts'
import { saveContent } from '#app/associations/save-collective.server.ts'
import { SignCollective, type SigningAgain } from '#app/associations/sign-collective.tsx'
import { submitCollective, approveCollective } from '#app/associations/submit-collective.server.ts'
import { refusalWords } from '#app/associations/submit-words.ts'
import { m } from '#app/generated/messages/messages.js'
import { duplicateChoices } from '#app/notices/duplicates.ts'
import { signingErrors } from '#app/notices/filing-wording.ts'
import { statementIds } from '#app/notices/legal-bases/basis.ts'
import { measureWords } from '#app/notices/wording.ts'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/check.ts'
import { notFound, openCollective } from './door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.collective_step_check())

export async function loader(args: Route.LoaderArgs) {
  const { member, record } = await openCollective(args)
  const { reference, state, own } = record
  const approves = state === 'to_approve' && !own && mayDo(member.organisation.role, 'approve-filings')
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (state !== 'draft' && !approves) throw redirect(`/association/filings/${reference}`, 303)
  const { searchParams } = new URL(args.request.url)
  const wanted = { memberId: searchParams.get('member'), vendorId: searchParams.get('vendor') }
  const preview = await previewCollective(member, reference, wanted)
  if (preview === null) throw notFound()
  return {
    preview,
    more: preview.repeated.length === mostRepeated,
    approves,
    personName: nameIn(member.locale, member.name, member.nameOther),
  }
}

const choiceForm = z.object({ revision: z.coerce.number().int(), choice: z.enum(duplicateChoices).optional() })

const form = z.object({
  revision: z.coerce.number().int(),
  intent: z.enum(['submit', 'approve']),
  statement: z.array(z.enum(statementIds)),
  shown: z.array(z.enum(statementIds)),
  signName: z.string().max(300).default(''),
  capacity: z.string().max(200).default(''),
})

export async function action(args: Route.ActionArgs) {
  const { member, record } = await openCollective(args)
  const fields = await args.request.formData()
  if (fields.get('intent') === 'duplicates') return chooseDuplicates(member, record.reference, fields)
  const lists = { statement: fields.getAll('statement'), shown: fields.getAll('shown') }
  const parsed = form.safeParse({ ...Object.fromEntries(fields), ...lists })
  if (!parsed.success) throw data(null, { status: 400 })
  const { revision, intent, ...signing } = parsed.data
  const act = intent === 'submit' ? submitCollective : approveCollective
  const done = await act({ member, collectiveId: record.id, revision, form: signing })
  if (done.submitted) return redirect(`/association/filings/${record.reference}`, 303)
  if (done.because === 'gone') throw notFound()
  if (done.because === 'unsigned') {
    const { signName, capacity } = signing
    const again: SigningAgain = { signName, capacity, errors: signingErrors(done.faults) }
    return data({ again, refused: null }, { status: 400 })
  }
  return data({ again: undefined, refused: refusalWords[done.because]() }, { status: 409 })
}

async function chooseDuplicates(member: Member, reference: string, fields: FormData) {
  const parsed = choiceForm.safeParse(Object.fromEntries(fields))
  if (!parsed.success) throw data(null, { status: 400 })
  const { revision, choice } = parsed.data
  if (choice === undefined) return refuse(m.collective_repeated_missing(), 400)
  const saved = await saveContent({
    member,
    reference,
    revision,
    content: (before) => ({ ...before, duplicates: choice }),
  })
  if (saved.saved) return redirect(`/association/filings/${reference}/check`, 303)
  if (saved.because === 'gone') throw notFound()
  return refuse(saved.because === 'submitted' ? m.collective_already_submitted() : refusalWords[saved.because](), 409)
}

function refuse(refused: string, status: number) {
  return data({ again: undefined, refused }, { status })
}

/** Everything as it will be sent; then the signature. */
export default function Check({
  loaderData: { preview, more, approves, personName },
  actionData,
}: Route.ComponentProps) {
  const { record, gaps, repeated, members, vendors, shown, annex, cover } = preview
  const { content, reference, revision, reviewHours, fourEyes } = record
  const again = actionData?.again
  const errors = Object.entries(again?.errors ?? {})
  return (
    <>
      <CollectiveHead reference={reference} step="check" />
      <ErrorSummary faults={errors.flatMap(([id, texts]) => texts.map((text) => ({ text, id })))} />
      {actionData?.refused != null && (
        <Note tone="late" status>
          <p>{actionData.refused}</p>
        </Note>
      )}
      <div className="stack">
        <Gaps reference={reference} gaps={gaps} />
        <Totals preview={preview} />
        <CollectiveRepeated
          pairs={repeated}
          more={more}
          chosen={content.duplicates}
          revision={revision}
          mayChoose={!approves}
        />
        {members.length > 0 && vendors.length > 0 && (
          <CollectiveLetters members={members} vendors={vendors} shown={shown} annex={annex} cover={cover} />
        )}
        {gaps.length === 0 && (
          <SignCollective
            content={content}
            revision={revision}
            personName={personName}
            signsLater={fourEyes && !approves}
            hours={reviewHours}
            again={again}
            intent={approves ? 'approve' : 'submit'}
          />
        )}
        <p className="cap">{m.collective_no_advice()}</p>
      </div>
    </>
  )
}

function Gaps({ reference, gaps }: { reference: string; gaps: readonly CollectiveGap[] }) {
  if (gaps.length === 0) return null
  return (
    <Note tone="question">
      <p>{m.collective_gaps()}</p>
      <ul>
        {gaps.map((gap) => (
          <li key={gap}>
            <a href={gapPlace(gap, reference)}>{gapWord(gap)}</a>
          </li>
        ))}
      </ul>
    </Note>
  )
}

function Totals({ preview: { record, members, vendors } }: { preview: CollectivePreview }) {
  const { content, reviewHours } = record
  return (
    <Facts
      facts={[
        [m.collective_members(), formatNumber(members.length)],
        [m.collective_vendors(), formatNumber(vendors.length)],
        [m.collective_notices(), formatNumber(members.length * vendors.length)],
        content.filing.measures.length === 0
          ? null
          : [
              m.approvals_measures(),
              <ol key="measures" className="m">
                {content.filing.measures.map(({ measure }) => (
                  <li key={measure}>{measureWords[measure]()}</li>
                ))}
              </ol>,
            ],
        [m.collective_review_time(), m.collective_hours({ n: reviewHours, count: formatNumber(reviewHours) })],
      ]}
    />
  )
}
