import { m } from '#app/generated/messages/messages.js'
import type { AnnexRefusal } from './answer-annex.server.ts'

/** Why an answer is not taken, in words. */
export const annexRefusals = {
  gone: () => m.collective_gone(),
  over: () => m.collective_review_over(),
  'stepped-out': () => m.collective_annex_stepped_out(),
  'role-too-low': () => m.collective_role_too_low(),
  'approver-needed': () => m.collective_approver_needed(),
  'wording-locked': () => m.collective_wording_locked(),
  'no-works': () => m.collective_out_no_works(),
  'too-many-works': () => m.collective_out_too_many_works(),
} satisfies Record<AnnexRefusal, () => string>
