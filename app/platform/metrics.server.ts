import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

const registry = new Registry()
collectDefaultMetrics({ register: registry })

const requests = new Histogram({
  name: 'caveat_http_request_seconds',
  help: 'Time from request to the head of the answer',
  labelNames: ['method', 'status'] as const,
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
})

/** Counts one answered request. */
export function countRequest(method: string, status: number, seconds: number): void {
  requests.observe({ method, status: String(status) }, seconds)
}

/** All metrics of this process in Prometheus text format. */
export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  return { contentType: registry.contentType, text: await registry.metrics() }
}
