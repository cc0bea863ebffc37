import { env } from '#app/platform/env.server.ts'
import { readMetrics } from '#app/platform/metrics.server.ts'
import { findDisk, findHealth, healthText } from '#app/platform/portal-health.server.ts'
import { equalInConstantTime } from '#app/platform/secrets.server.ts'
import type { Route } from './+types/metrics.ts'

/** `GET /metrics`: Prometheus text for whoever brings METRICS_TOKEN; without a configured token there is no such page. */
export async function loader({ request }: Route.LoaderArgs): Promise<Response> {
  const token = env().METRICS_TOKEN
  const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  if (token === undefined || !equalInConstantTime(token, given)) return new Response(null, { status: 404 })
  const { contentType, text } = await readMetrics()
  const health = [...(await findHealth()), ...(await findDisk())]
  return new Response(`${text}${healthText(health)}`, { headers: { 'Content-Type': contentType } })
}
