import { m } from '#app/generated/messages/messages.js'
import { isWorkKind, type WorkKind } from './kinds.ts'

/** The word for each kind of work. */
export const kindWords = {
  film: () => m.catalogues_kind_film(),
  series: () => m.catalogues_kind_series(),
  episode: () => m.catalogues_kind_episode(),
  video: () => m.catalogues_kind_video(),
  game: () => m.catalogues_kind_game(),
  book: () => m.catalogues_kind_book(),
  comic: () => m.catalogues_kind_comic(),
  article: () => m.catalogues_kind_article(),
  photograph: () => m.catalogues_kind_photograph(),
  artwork: () => m.catalogues_kind_artwork(),
  music: () => m.catalogues_kind_music(),
  recording: () => m.catalogues_kind_recording(),
  software: () => m.catalogues_kind_software(),
  character: () => m.catalogues_kind_character(),
  other: () => m.catalogues_kind_other(),
} as const satisfies Record<WorkKind, () => string>

/** The word for a kind; one that only the owner's files know stays as they write it. */
export function wordForKind(kind: string): string {
  return isWorkKind(kind) ? kindWords[kind]() : kind
}
