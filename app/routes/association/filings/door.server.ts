import { redirect, type RouterContextProvider } from 'react-router'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { findCollective, type CollectiveRecord } from '#app/associations/find-collective.server.ts'
import { parseReference } from '#app/notices/reference.ts'

type Asked = { context: Readonly<RouterContextProvider>; params: { reference: string } }

/** The reference of a filing in an address; anything else is a page that does not exist. */
export function filingReference({ reference }: { reference: string }): string {
  const parsed = parseReference(reference, 'FIL')
  if (parsed?.prefix !== 'FIL') throw notFound()
  return parsed.reference
}

/** A collective filing of the reader's association. */
export async function openCollective({
  context,
  params,
}: Asked): Promise<{ member: Member; record: CollectiveRecord }> {
  const member = requireMember(context, ['association'])
  const record = await findCollective(member, filingReference(params))
  if (record === null) throw notFound()
  return { member, record }
}

/** The same for a page of the wizard: what is submitted has a page of its own. */
export async function openDraft(asked: Asked): Promise<{ member: Member; record: CollectiveRecord }> {
  const { member, record } = await openCollective(asked)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (record.state !== 'draft') throw redirect(`/association/filings/${record.reference}`, 303)
  return { member, record }
}

/** No such page for this reader. */
export function notFound(): Response {
  return new Response(null, { status: 404 })
}

/** What a page of the wizard is searched for: what was looked for stays when a step is saved. */
export function searchOf(url: string): string {
  return new URL(url).searchParams.get('q')?.trim().slice(0, 200) ?? ''
}

/** The same for the end of an address. */
export function searched(search: string): string {
  return search === '' ? '' : `?q=${encodeURIComponent(search)}`
}
