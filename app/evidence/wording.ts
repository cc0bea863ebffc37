import { m } from '#app/generated/messages/messages.js'
import { formatBytes } from '#app/ui/format.ts'
import type { KeepRefusal } from './keep-evidence.server.ts'
import { maxEvidenceBytes, maxLockerBytes, type MediaKind } from './media-kinds.ts'
import type { Access } from './open-piece.server.ts'

/** The kinds of files in words. */
export const kindWords = {
  image: () => m.evidence_kind_image(),
  pdf: () => m.evidence_kind_pdf(),
  text: () => m.evidence_kind_text(),
  audio: () => m.evidence_kind_audio(),
  video: () => m.evidence_kind_video(),
  mail: () => m.evidence_kind_mail(),
  archive: () => m.evidence_kind_archive(),
} as const satisfies Record<MediaKind, () => string>

/** What was done with a piece, in words. */
export const accessWords = {
  opened: () => m.evidence_access_opened(),
  shown: () => m.evidence_access_shown(),
  downloaded: () => m.evidence_access_downloaded(),
} as const satisfies Record<Access, () => string>

/** Why a file was not kept. */
export const refusalWords = {
  role: () => m.evidence_refused_role(),
  'too-large': () => m.evidence_refused_large({ most: formatBytes(maxEvidenceBytes) }),
  empty: () => m.evidence_refused_empty(),
  program: () => m.evidence_refused_program(),
  kind: () => m.evidence_refused_kind(),
  'no-room': () => m.evidence_refused_room({ most: formatBytes(maxLockerBytes) }),
  'no-original': () => m.evidence_refused_original(),
  'id-taken': () => m.evidence_refused_again(),
  'too-many': () => m.evidence_refused_many(),
  gone: () => m.evidence_refused_gone(),
  unfinished: () => m.evidence_refused_gone(),
} as const satisfies Record<KeepRefusal | 'too-many' | 'gone' | 'unfinished', () => string>
