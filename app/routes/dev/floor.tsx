import { requireMember } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import type { Route } from './+types/floor.ts'

/** `GET /dev/floor`: the least that a signed-in page costs, for the benches to compare with. There is no such page elsewhere. */
export async function loader({ context }: Route.LoaderArgs) {
  if (!env().CAVEAT_BENCH) throw new Response(null, { status: 404 })
  const { personId } = requireMember(context)
  await withPerson(personId, (tx) => tx.$queryRaw`select 1`)
  return null
}

export default function Floor() {
  return <h1>Floor</h1>
}
