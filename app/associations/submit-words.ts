import { m } from '#app/generated/messages/messages.js'
import type { SubmitRefusal } from './submit-collective.server.ts'

/** Why a collective filing is not submitted or approved, in words. */
export const refusalWords = {
  'role-too-low': () => m.collective_role_too_low(),
  'not-verified': () => m.collective_not_verified(),
  gone: () => m.collective_gone(),
  changed: () => m.collective_changed_meanwhile(),
  'own-submission': () => m.collective_own_submission(),
  'not-submitted': () => m.collective_not_submitted(),
  incomplete: () => m.collective_gaps(),
} satisfies Record<SubmitRefusal | 'incomplete', () => string>
