import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { withPerson } from '#app/platform/db.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { formatDate } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { claimVendor, type ClaimRefusal } from '#app/vendors/claim-vendor.server.ts'
import { ClaimPanel } from '#app/vendors/claim-panel.tsx'
import { findClaimableVendors, findOwnVendor } from '#app/vendors/find-own-vendor.server.ts'
import { findVendor } from '#app/vendors/find-vendor.server.ts'
import {
  addOwnContact,
  confirmOwnContact,
  mailContactCode,
  retireOwnContact,
  type OwnContactRefusal,
} from '#app/vendors/keep-own-contacts.server.ts'
import { contactCodeForm, contactIdForm, ownContactForm } from '#app/vendors/own-contact-forms.ts'
import { OwnContacts } from '#app/vendors/own-contacts.tsx'
import { now } from '#app/platform/clock.server.ts'
import type { Route } from './+types/directory-entry.ts'
import { formAgain, goOn } from '#app/routes/account/answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.security_entry_title())

const here = '/directory-entry'
const done = {
  claimed: () => m.security_claim_done(),
  coded: () => m.security_contact_done_coded(),
  confirmed: () => m.security_contact_done_confirmed(),
  retired: () => m.security_contact_done_retired(),
} as const satisfies Record<string, () => string>

const refusals = {
  'not-allowed': m.security_contact_refused,
  'not-an-owner': m.accounts_team_refused_owner,
  'no-vendor': m.security_claim_no_vendor,
  'no-contact': m.security_contact_gone,
  'already-there': m.security_contact_already_there,
  'too-many': m.accounts_too_many_hour,
  'wrong-code': m.security_contact_wrong_code,
  'stale-code': m.security_contact_stale_code,
  'organisation-linked': m.security_claim_linked,
  'no-proof': m.security_claim_no_proof,
  'other-domain': m.security_claim_other_domain,
  'vendor-claimed': m.security_claim_taken,
} as const satisfies Record<OwnContactRefusal | ClaimRefusal, () => string>

export async function loader({ request, context }: Route.LoaderArgs) {
  const { personId, organisation, timeZone } = requireMember(context, ['vendor'])
  const own = await withPerson(personId, async (tx) => {
    const slug = await findOwnVendor(tx, organisation.id)
    const vendor = slug === undefined ? null : await findVendor(tx, { slug, organisationId: organisation.id })
    return { vendor, claimable: vendor === null ? await findClaimableVendors(tx, organisation.id) : [] }
  })
  return {
    ...own,
    timeZone,
    organisation: { country: null, timeZone: organisation.timeZone },
    mayClaim: mayDo(organisation.role, 'manage-organisation'),
    mayEdit: mayDo(organisation.role, 'edit-directory-entry'),
    done: new URL(request.url).searchParams.get('done'),
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context, ['vendor'])
  const form = await request.formData()
  const act = acts.find(({ name }) => name === form.get('act'))
  if (act === undefined) throw data(null, { status: 400 })
  return act.answer(member, form)
}

type Verdict = { allowed: true } | { allowed: false; because: keyof typeof refusals }

// One row per form of the page: its schema, what it does, and what the page then says.
const acts = [
  row('claim', z.object({ slug: z.string().max(60) }), 'claimed', (member, value) => claimVendor({ member, ...value })),
  row('add', ownContactForm, 'coded', addOwnContact),
  row('code', contactIdForm, 'coded', (member, { contactId }) => mailContactCode(member, contactId)),
  row('confirm', contactCodeForm, 'confirmed', (member, value) =>
    confirmOwnContact(member, {
      ...value,
      how: m.security_contact_how({ date: formatDate(now(), member.organisation.timeZone) }),
    }),
  ),
  row('retire', contactIdForm, 'retired', (member, { contactId }) => retireOwnContact(member, contactId)),
]

function row<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  next: keyof typeof done,
  act: (member: Member, value: z.output<Schema>) => Promise<Verdict>,
) {
  return {
    name,
    answer: async (member: Member, form: FormData) => {
      const submission = parseWithZod(form, { schema })
      if (submission.status !== 'success') return formAgain(submission)
      const verdict = await act(member, submission.value)
      if (verdict.allowed) return goOn(`${here}?done=${next}`)
      return formAgain(submission, { formErrors: [refusals[verdict.because]()] }, 409)
    },
  }
}

/** The vendor's own entry: claimed by its domain, its contacts kept by itself. */
export default function DirectoryEntry({ loaderData, actionData }: Route.ComponentProps) {
  const { vendor, claimable, timeZone, organisation, mayClaim, mayEdit } = loaderData
  const status = Object.entries(done).find(([key]) => key === loaderData.done && !actionData)?.[1]
  return (
    <>
      <PageHead
        title={m.security_entry_title()}
        acts={vendor && <LinkButton href={`/vendors/${vendor.slug}`}>{m.security_entry_see()}</LinkButton>}
      >
        {vendor === null ? m.security_entry_lead_none() : m.security_entry_lead({ vendor: vendor.name })}
      </PageHead>
      {status && (
        <div className="below">
          <Note tone="agreed" status>
            <p>{status()}</p>
          </Note>
        </div>
      )}
      <div className="stack">
        {vendor === null ? (
          <ClaimPanel vendors={claimable} mayClaim={mayClaim} result={actionData?.result} />
        ) : (
          <OwnContacts
            contacts={vendor.contacts}
            timeZone={timeZone}
            place={organisation}
            mayEdit={mayEdit}
            result={actionData?.result}
          />
        )}
      </div>
    </>
  )
}
