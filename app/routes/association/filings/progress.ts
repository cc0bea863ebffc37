import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { Route } from './+types/progress.ts'
import { openCollective } from './door.server.ts'

/** How far the making of a collective filing is, for its page. */
export async function loader(args: Route.LoaderArgs) {
  const { record } = await openCollective(args)
  const value = record.made + record.leftOut
  const text = m.collective_progress({ done: formatNumber(value), count: formatNumber(record.members) })
  return Response.json({ value, max: record.members, text, done: record.state !== 'making' })
}
