import { data, redirect, type RouterContextProvider } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { mostTicked } from '#app/notices/bulk/bulk-act.ts'
import { chooseNotices, type Choice } from '#app/notices/bulk/choose-notices.server.ts'
import { findFacets } from '#app/notices/bulk/find-facets.server.ts'
import { findTable, mostCounted } from '#app/notices/bulk/find-table.server.ts'
import { findViews } from '#app/notices/bulk/find-views.server.ts'
import { removeView, saveView } from '#app/notices/bulk/save-view.server.ts'
import { savedViewForm } from '#app/notices/bulk/saved-view.ts'
import type { TableView } from '#app/notices/bulk/table-page.tsx'
import { readTableQuery } from '#app/notices/bulk/table-query.ts'
import { newId } from '#app/platform/id.ts'

type Context = Readonly<RouterContextProvider>
type Kind = 'association' | 'rights_holder'

/** What a table of notices shows to a member of an organisation of a kind; 404 to anybody else. */
export async function loadTable(
  { context, request }: { context: Context; request: Request },
  { kind, base }: { kind: Kind; base: string },
): Promise<Omit<TableView, 'empty' | 'unchosen'>> {
  const member = requireMember(context, [kind])
  const query = readTableQuery(request.url)
  const byMember = kind === 'association'
  const [page, facets, views] = await Promise.all([
    findTable({ member, query }),
    findFacets({ member, filter: query.filter }),
    findViews(member),
  ])
  if (page === null || facets === null) throw new Response(null, { status: 404 })
  const columns = query.columns.filter((name) => byMember || name !== 'member')
  const mayShare = mayDo(member.organisation.role, 'file-notices')
  const { timeZone } = member.organisation
  return {
    base,
    query: { ...query, columns },
    page,
    facets,
    views,
    byMember,
    timeZone,
    mayShare,
    mostCounted,
    actId: newId(),
  }
}

/** Saves or removes a view of a table. */
export async function changeTable(
  { context, request }: { context: Context; request: Request },
  { kind, base }: { kind: Kind; base: string },
) {
  const member = requireMember(context, [kind])
  const sent = await request.formData()
  const form = Object.fromEntries(sent)
  if (form['intent'] === 'choose' || form['intent'] === 'choose-all') return choose(member, { request, sent })
  if (form['intent'] === 'remove-view') {
    const id = z.uuid().safeParse(form['view'])
    if (!id.success || !(await removeView(member, id.data))) throw data(null, { status: 404 })
    return redirect(base, 303)
  }
  if (form['intent'] !== 'save-view') throw data(null, { status: 400 })
  const read = savedViewForm.safeParse(form)
  if (!read.success) {
    const name = typeof form['name'] === 'string' ? form['name'] : ''
    return data({ fault: { name, text: read.error.issues[0]?.message ?? '' }, unchosen: null }, 400)
  }
  const id = await saveView(member, read.data)
  return redirect(`${base}?${read.data.query === '' ? '' : `${read.data.query}&`}view=${id}`, 303)
}

async function choose(member: Member, { request, sent }: { request: Request; sent: FormData }) {
  const read = choiceForm.safeParse({ actId: sent.get('actId'), noticeIds: sent.getAll('notice') })
  if (!read.success) throw data(null, { status: 400 })
  const { actId, noticeIds } = read.data
  const { filter } = readTableQuery(request.url)
  const choice: Choice = sent.get('intent') === 'choose' ? { kind: 'ticked', noticeIds } : { kind: 'all', filter }
  const chosen = await chooseNotices(member, { actId, choice })
  if (chosen.chosen) return redirect(`/notices/acts/${chosen.actId}`, 303)
  return data({ fault: null, unchosen: m.bulk_unchosen() }, 400)
}

const choiceForm = z.object({ actId: z.uuid(), noticeIds: z.array(z.uuid()).max(mostTicked) })
