import { m } from '#app/generated/messages/messages.js'
import { wordsForFileFault } from '#app/catalogues/file-fault-words.ts'
import { formatNumber } from '#app/ui/format.ts'
import type { InviteResult } from './invite-member.server.ts'
import type { FileTaken } from './invite-by-file.server.ts'

/** What came of inviting a member. */
export const inviteWords = {
  offered: () => m.mandates_invite_offered(),
  invited: () => m.mandates_invite_invited(),
  'invited-already': () => m.mandates_invite_already(),
  'in-force-already': () => m.mandates_invite_in_force(),
  'offer-waits': () => m.mandates_refused_waits(),
  several: () => m.mandates_invite_several(),
  'not-an-owner': () => m.mandates_refused_owner(),
  'not-verified': () => m.mandates_invite_not_verified(),
  'ends-before-start': () => m.mandates_error_ends_before(),
  'over-already': () => m.mandates_refused_over(),
  'starts-later': () => m.mandates_refused_later(),
  'foreign-catalogue': () => m.mandates_refused_catalogue(),
} as const satisfies Record<InviteResult, () => string>

const rowWords: Readonly<Record<string, () => string>> = {
  ...inviteWords,
  'no-name': () => m.mandates_error_member_name(),
  address: () => m.mandates_row_address(),
  level: () => m.mandates_row_level(),
  day: () => m.mandates_row_day(),
  unreadable: () => m.mandates_row_unreadable(),
}

/** What came of a row of a file. */
export function inviteWord(result: string): string {
  return rowWords[result]?.() ?? result
}

/** Whether a member was asked now. */
export function isGood(result: string): result is 'offered' | 'invited' {
  return result === 'offered' || result === 'invited'
}

/** Why a file of members was not taken. */
export function fileFaultWord(because: Extract<FileTaken, { taken: false }>['because'], most: number): string {
  switch (because) {
    case 'too-large':
      return m.mandates_file_large()
    case 'too-many':
      return m.mandates_file_many({ most: formatNumber(most) })
    case 'columns':
      return m.mandates_file_columns()
    case 'not-an-owner':
      return m.mandates_refused_owner()
    default:
      return wordsForFileFault(because)
  }
}
