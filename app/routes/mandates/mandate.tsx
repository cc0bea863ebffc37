import { parseWithZod } from '@conform-to/zod/v4'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { acceptMandate } from '#app/associations/accept-mandate.server.ts'
import { declineMandate } from '#app/associations/decline-mandate.server.ts'
import { findMandateReach } from '#app/associations/find-mandate-acts.server.ts'
import { MandateAnswer } from '#app/associations/mandate-answer.tsx'
import { CurrentMandate, Versions, WaitingOffer, WhatItDid } from '#app/associations/mandate-page.tsx'
import { findMandateChoices } from '#app/associations/mandate-choices.server.ts'
import { mandatesPath } from '#app/associations/mandate-paths.ts'
import { refusalWords } from '#app/associations/mandate-words.ts'
import { judgeMemberSignature } from '#app/associations/sign-mandate.ts'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { formAgain, goOn } from '#app/routes/account/answers.ts'
import type { Route } from './+types/mandate.ts'
import { requireMandate } from './mandate-door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.mandates_one_title())

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { member, side, mandate } = await requireMandate(context, { url: request.url, ...params })
  const { searchParams } = new URL(request.url)
  const partner = side === 'association' ? mandate.member : mandate.association
  return {
    mandate,
    partner: nameIn(member.locale, partner.name, partner.nameOther),
    reach:
      side === 'member'
        ? await findMandateReach(member, { mandateId: mandate.id, after: searchParams.get('after') })
        : null,
    catalogues: side === 'member' && mandate.waiting !== null ? (await findMandateChoices(member)).catalogues : [],
    mayChange: mayDo(member.organisation.role, 'manage-organisation'),
    name: member.name,
    timeZone: member.timeZone,
    locale: member.locale,
    done: searchParams.get('done'),
    stopped: Number(searchParams.get('stopped') ?? 0) || 0,
  }
}

const form = z.object({
  act: z.enum(['accept', 'decline']),
  version: z.coerce.number().int().positive(),
  signName: z.string().max(200).default(''),
  capacity: z.string().max(200).default(''),
  cataloguesWhich: z.enum(['all', 'some']).default('all'),
  catalogues: z.array(z.uuid()).max(1_000).default([]),
})

export async function action({ context, params, request }: Route.ActionArgs) {
  const { member, side, mandate } = await requireMandate(context, { url: request.url, ...params })
  const submission = parseWithZod(await request.formData(), { schema: form })
  if (submission.status !== 'success') return formAgain(submission)
  const { act, version, signName, capacity, cataloguesWhich, catalogues: ticked } = submission.value
  const path = `${mandatesPath(side)}/${mandate.id}`
  const again = (because: string) => formAgain(submission, { formErrors: [refusalWords[because]?.() ?? because] }, 409)
  if (act === 'decline') {
    const declined = await declineMandate({ member, mandateId: mandate.id, version })
    return declined.allowed ? goOn(`${path}?done=declined`) : again(declined.because)
  }
  const signed = side === 'member' ? judgeMemberSignature({ signName, capacity }, member) : null
  if (signed !== null && !signed.signs) return formAgain(submission, { fieldErrors: signed.errors })
  const catalogues = side === 'member' && cataloguesWhich === 'some' ? ticked : null
  if (catalogues?.length === 0)
    return formAgain(submission, { fieldErrors: { catalogues: [m.mandates_error_none_chosen()] } })
  const signature = signed?.signature ?? null
  const accepted = await acceptMandate({ member, mandateId: mandate.id, version, signature, catalogues })
  return accepted.allowed ? goOn(`${path}?done=accepted`) : again(accepted.because)
}

const doneWords: Readonly<Record<string, () => string>> = {
  offered: () => m.mandates_done_offered(),
  accepted: () => m.mandates_done_accepted(),
  declined: () => m.mandates_done_declined(),
  narrowed: () => m.mandates_done_narrowed(),
  revoked: () => m.mandates_done_revoked(),
}

/** One mandate: what counts, what waits, what was done by it, and every version. */
export default function Mandate({ loaderData, actionData }: Route.ComponentProps) {
  const { mandate, partner, reach, catalogues, mayChange, name, timeZone, locale, done, stopped } = loaderData
  const { side, current, waiting } = mandate
  const path = `${mandatesPath(side)}/${mandate.id}`
  const said = done !== null && !actionData ? doneWords[done] : undefined
  const acts = mayChange && (
    <>
      {waiting === null && (
        <LinkButton href={`${path}/change`}>
          {current === null ? m.mandates_offer_again() : m.mandates_change_title()}
        </LinkButton>
      )}
      {current !== null && (
        <LinkButton look="risk" href={`${path}/revoke`}>
          {m.mandates_revoke()}
        </LinkButton>
      )}
    </>
  )
  return (
    <>
      <PageHead
        title={partner}
        crumbs={[{ label: m.mandates_title(), href: mandatesPath(side) }, { label: partner }]}
        acts={acts}
      >
        {side === 'association' ? m.mandates_one_lead_association() : m.mandates_one_lead_member()}
      </PageHead>
      <div className="stack">
        {said && (
          <Note tone="agreed" status>
            <p>
              {said()} {stopped > 0 && m.mandates_mail_stopped({ count: stopped, number: formatNumber(stopped) })}
            </p>
          </Note>
        )}
        <WaitingOffer mandate={mandate}>
          {mayChange ? (
            <MandateAnswer mandate={mandate} catalogues={catalogues} name={name} result={actionData?.result} />
          ) : (
            <p className="cap">{m.mandates_refused_owner()}</p>
          )}
        </WaitingOffer>
        <CurrentMandate mandate={mandate} />
        {reach !== null && <WhatItDid mandate={mandate} reach={reach} timeZone={timeZone} locale={locale} />}
        <Versions mandate={mandate} timeZone={timeZone} />
      </div>
    </>
  )
}
