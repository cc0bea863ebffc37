import { readiness } from '#app/platform/readiness.server.ts'

/** `GET /readyz`: each part with whether it answers; 503 when one does not. */
export async function loader(): Promise<Response> {
  const parts = await readiness()
  const ready = Object.values(parts).every((part) => part.ok)
  return Response.json({ ready, ...parts }, { status: ready ? 200 : 503, headers: ready ? {} : { 'Retry-After': '5' } })
}
