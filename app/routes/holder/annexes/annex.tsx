import { data, redirect } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { AnnexForms } from '#app/associations/annex-forms.tsx'
import { annexRefusals } from '#app/associations/annex-wording.ts'
import { answerAnnex, type AnnexAnswer } from '#app/associations/answer-annex.server.ts'
import { OneLetter } from '#app/associations/collective-letters.tsx'
import { AnnexBadge } from '#app/associations/collective-tables.tsx'
import { findAnnex, type AnnexPage } from '#app/associations/find-annex.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { filingReference, notFound } from '#app/routes/association/filings/door.server.ts'
import { Facts } from '#app/ui/facts.tsx'
import { formatDateTime, formatNumber, sentenceGap } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { Route } from './+types/annex.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(params.reference)

const kinds = ['rights_holder', 'association'] as const

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, kinds)
  const annex = await findAnnex(member, filingReference(params))
  if (annex === null) throw notFound()
  const { role } = member.organisation
  const approves = mayDo(role, 'approve-filings')
  const edits = mayDo(role, 'file-notices')
  return {
    annex,
    association: nameIn(member.locale, annex.association.name, annex.association.nameOther),
    letters: annex.letters.map(({ vendor, ...letter }) => ({
      ...letter,
      vendor: nameIn(member.locale, vendor.name, vendor.nameOther),
    })),
    timeZone: member.timeZone,
    mayAnswer: approves || edits,
    mayAgree: approves || (edits && !annex.approvalRequired),
    mayChange: edits && (approves || !annex.approvalRequired),
  }
}

const form = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('agree') }),
  z.object({ answer: z.literal('step_out'), reason: z.string().max(2000).default('') }),
  z.object({
    answer: z.literal('change'),
    works: z.string().trim().max(200).default(''),
    paragraph: z.string().max(10_000).default(''),
  }),
])

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, kinds)
  const parsed = form.safeParse(Object.fromEntries(await request.formData()))
  if (!parsed.success) throw data(null, { status: 400 })
  const reference = filingReference(params)
  const done = await answerAnnex({ member, reference, answer: answerOf(parsed.data) })
  if (done.answered) return redirect(`/annexes/${reference}?done`, 303)
  if (done.because === 'gone') throw notFound()
  return data({ refused: annexRefusals[done.because]() }, { status: done.because === 'no-works' ? 400 : 409 })
}

function answerOf(sent: z.infer<typeof form>): AnnexAnswer {
  if (sent.answer !== 'change') return sent
  const { works, paragraph } = sent
  return { answer: 'change', works: works === '' ? null : { filter: { text: works }, except: [] }, paragraph }
}

/** What an association is about to send in the reader's name, and the reader's answer to it. */
export default function Annex({ loaderData, actionData }: Route.ComponentProps) {
  const { annex, association, letters, mayAnswer, mayAgree, mayChange, timeZone } = loaderData
  const { reference, open, approvalRequired, chosen, paragraph, wordingLocked } = annex
  return (
    <>
      <PageHead
        title={m.collective_annex_title({ association })}
        crumbs={[{ label: m.ui_nav_home(), href: '/home' }, { label: <span className="ref">{reference}</span> }]}
      >
        {open ? (
          <>
            {m.collective_mail_review_until({ until: formatDateTime(annex.endsAt, timeZone, { weekday: true }) })}
            {sentenceGap()}
            {approvalRequired ? m.collective_mail_review_approval() : m.collective_mail_review_silence()}
          </>
        ) : undefined}
      </PageHead>
      <div className="stack">
        {actionData?.refused !== undefined && (
          <Note tone="late" status>
            <p>{actionData.refused}</p>
          </Note>
        )}
        <Facts facts={factsOf(annex, { association, timeZone })} />
        {open && mayAnswer && (
          <AnnexForms
            works={chosen?.filter.text ?? ''}
            paragraph={paragraph}
            wordingLocked={wordingLocked}
            agreed={annex.annex === 'agreed' || annex.annex === 'changed'}
            mayAgree={mayAgree}
            mayChange={mayChange}
          />
        )}
        {open && !mayAnswer && <p>{m.collective_role_too_low()}</p>}
        {!open && annex.annex === 'called_off' && <p>{m.collective_annex_called_off_note()}</p>}
        {!open && annex.annex !== 'stepped_out' && annex.annex !== 'called_off' && <p>{m.collective_review_over()}</p>}
        <Section id="letters" title={m.collective_letters()} aside={formatNumber(letters.length)}>
          {letters.map(({ noticeReference, vendor, letter }, index) => (
            <OneLetter
              key={noticeReference}
              title={`${vendor} · ${noticeReference}`}
              letter={letter}
              open={index === 0}
            />
          ))}
        </Section>
      </div>
    </>
  )
}

function factsOf(
  { annex, answeredAt, answeredBy, works, catalogue, mandateVersion, endsAt, letters }: AnnexPage,
  { association, timeZone }: { association: string; timeZone: string },
) {
  const [first] = letters
  return [
    [
      m.collective_annex(),
      <span key="annex">
        <AnnexBadge annex={annex} />{' '}
        {answeredAt !== null && (
          <>
            <Moment at={answeredAt} timeZone={timeZone} />
            {answeredBy !== null && `${m.filing_list_comma()}${answeredBy}`}
          </>
        )}
      </span>,
    ],
    [m.collective_review_ends(), <Moment key="ends" at={endsAt} timeZone={timeZone} weekday />],
    [
      m.collective_works(),
      <span key="works">
        {m.collective_works_of({ count: formatNumber(works), n: works, catalogue })}{' '}
        {first && <a href={`/notices/${first.noticeReference}/annex.csv`}>{m.approvals_works_list()}</a>}
      </span>,
    ],
    [m.collective_mandate(), m.collective_mandate_of({ association, version: mandateVersion })],
  ] as const
}
