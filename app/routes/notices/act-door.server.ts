import { data, redirect, type RouterContextProvider } from 'react-router'
import { z } from 'zod'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { actForm } from '#app/notices/bulk/bulk-act.ts'
import { notQueuedWords } from '#app/notices/bulk/act-words.ts'
import { changeChoice } from '#app/notices/bulk/choose-notices.server.ts'
import { findAct, type ActPage } from '#app/notices/bulk/find-act.server.ts'
import { queueAct, stopAct, tryActAgain } from '#app/notices/bulk/queue-act.server.ts'
import { readTableQuery } from '#app/notices/bulk/table-query.ts'

type Context = Readonly<RouterContextProvider>

/** A member of an organisation that acts on many notices, and where its table lies. */
export function requireTable(context: Context): { readonly member: Member; readonly table: string } {
  const member = requireMember(context, ['rights_holder', 'association'])
  return { member, table: member.organisation.kind === 'association' ? '/association/notices' : '/notices/table' }
}

/** The act of an address, for its organisation; 404 to anybody else. */
export async function requireAct({
  context,
  params,
  request,
}: {
  context: Context
  params: { actId: string }
  request: Request
}): Promise<{ readonly member: Member; readonly table: string; readonly page: ActPage; readonly path: string }> {
  const { member, table } = requireTable(context)
  const id = z.uuid().safeParse(params.actId)
  const { cursor } = readTableQuery(request.url)
  const page = id.success ? await findAct(member, { actId: id.data, cursor }) : null
  if (page === null) throw new Response(null, { status: 404 })
  return { member, table, page, path: `/notices/acts/${page.act.id}` }
}

/** What a form on the page of an act asks for. */
export async function changeAct(args: { context: Context; params: { actId: string }; request: Request }) {
  const { member, page, path } = await requireAct(args)
  const form = await args.request.formData()
  const actId = page.act.id
  switch (form.get('intent')) {
    case 'leave-out': {
      const out = z.array(z.uuid()).max(500).safeParse(form.getAll('notice'))
      if (!out.success) throw data(null, { status: 400 })
      await changeChoice(member, { actId, leaveOut: out.data })
      return redirect(path, 303)
    }
    case 'put-back':
      await changeChoice(member, { actId, leaveOut: null })
      return redirect(path, 303)
    case 'stop':
      await stopAct(member, actId)
      return redirect(path, 303)
    case 'again':
      await tryActAgain(member, actId)
      return redirect(path, 303)
    case 'begin':
      return begin(member, { actId, path, form })
    default:
      throw data(null, { status: 400 })
  }
}

async function begin(member: Member, { actId, path, form }: { actId: string; path: string; form: FormData }) {
  const texts = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
  const typed = Object.fromEntries(texts)
  const columns = form.getAll('columns')
  const read = actForm.safeParse({ ...typed, ...(columns.length === 0 ? { columns: undefined } : { columns }) })
  const act = typed['act'] ?? ''
  if (!read.success) return data({ fault: { act, text: read.error.issues[0]?.message ?? '' }, typed }, 400)
  const queued = await queueAct(member, { actId, asked: read.data })
  if (!queued.queued) {
    const status = queued.because === 'role-too-low' ? 403 : 409
    return data({ fault: { act, text: notQueuedWords[queued.because]() }, typed }, status)
  }
  return redirect(path, 303)
}
