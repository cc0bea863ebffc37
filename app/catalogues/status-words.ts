import { m } from '#app/generated/messages/messages.js'
import type { FoundImport } from './find-import.server.ts'

const words = {
  mapping: () => m.catalogues_status_mapping(),
  queued: () => m.catalogues_status_queued(),
  running: () => m.catalogues_status_running(),
  done: () => m.catalogues_status_done(),
  failed: () => m.catalogues_status_failed(),
  stopped: () => m.catalogues_status_stopped(),
} as const satisfies Record<FoundImport['status'], () => string>

/** The word for where an import stands. */
export function wordForStatus(status: string): string {
  const known = Object.entries(words).find(([code]) => code === status)
  return known === undefined ? status : known[1]()
}
