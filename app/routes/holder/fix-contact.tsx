import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { findBlocked, type Blocked } from '#app/notices/find-blocked.server.ts'
import { fixContactForm } from '#app/notices/fix-contact-form.ts'
import { FixContact, type FixAgain } from '#app/notices/fix-contact-page.tsx'
import { fixContact } from '#app/notices/fix-contact.server.ts'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/fix-contact.ts'

export const meta: Route.MetaFunction = ({ loaderData }) =>
  pageTitle(m.replies_fix_title({ vendor: loaderData?.vendor ?? '' }))

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const blocked = await blockedOf(member, params.slug)
  const done = Number(new URL(request.url).searchParams.get('done') ?? 0)
  return {
    blocked,
    done: Number.isInteger(done) && done > 0 ? done : 0,
    vendor: nameIn(member.locale, blocked.vendor.name, blocked.vendor.nameOther),
    mayFile: mayDo(member.organisation.role, 'file-notices'),
    timeZone: member.timeZone,
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const blocked = await blockedOf(member, params.slug)
  if (!mayDo(member.organisation.role, 'file-notices')) throw new Response(null, { status: 403 })
  const form = await request.formData()
  const submission = parseWithZod(form, { schema: fixContactForm })
  if (submission.status !== 'success')
    return data({ again: againOf(form, submission.error ?? {}), results: null }, { status: 400 })
  const results = await fixContact({ member, blocked, fix: submission.value })
  if (results.every(({ sent }) => sent))
    return redirect(`/vendors/${blocked.vendor.slug}/fix-contact?done=${results.length}`, 303)
  return data({ again: againOf(form, {}), results }, { status: 409 })
}

/** Where a holder, or the association that filed for it, sends notices when mail to a vendor's contact comes back. */
export default function FixContactPage({ loaderData, actionData }: Route.ComponentProps) {
  const { vendor, blocked, done } = loaderData
  const crumbs = [
    { label: m.vendors_list_title(), href: '/vendors' },
    { label: vendor, href: `/vendors/${blocked.vendor.slug}` },
    { label: m.replies_fix_crumb() },
  ]
  return (
    <>
      <PageHead title={m.replies_fix_title({ vendor })} crumbs={crumbs}>
        {m.replies_fix_intro()}
      </PageHead>
      {done > 0 && actionData === undefined && (
        <div className="below">
          <Note tone="agreed" status>
            <p>{m.replies_fix_done({ notices: m.notices_notices({ count: formatNumber(done) }) })}</p>
          </Note>
        </div>
      )}
      <FixContact {...loaderData} again={actionData?.again ?? null} results={actionData?.results ?? null} />
    </>
  )
}

async function blockedOf(member: Member, slug: string): Promise<Blocked> {
  const blocked = await findBlocked(member, slug)
  if (blocked === null) throw new Response(null, { status: 404 })
  return blocked
}

function againOf(form: FormData, errors: Readonly<Record<string, readonly string[] | null>>): FixAgain {
  const value = (name: string) => {
    const typed = form.get(name)
    return typeof typed === 'string' ? typed : ''
  }
  const names = ['to', 'address', 'source', 'locale']
  return {
    values: Object.fromEntries(names.map((name) => [name, value(name)])),
    picked: form.getAll('notice').filter((each) => typeof each === 'string'),
    errors: Object.fromEntries(Object.entries(errors).map(([name, said]) => [name, said ?? []])),
  }
}
