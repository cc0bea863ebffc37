/** The signs of the sprite `icons.svg`: circles for stages, squares for outcomes, triangles and diamonds for what is late. */
export const icons = [
  's-draft',
  's-approval',
  's-queued',
  's-sent',
  's-delivered',
  's-acknowledged',
  's-review',
  's-clarify',
  's-decided',
  's-verifying',
  's-closed',
  's-withdrawn',
  's-superseded',
  'o-pending',
  'o-agreed',
  'o-removed',
  'o-blocked',
  'o-future',
  'o-offered',
  'o-licensed',
  'o-unused',
  'o-already',
  'o-refused',
  'o-detail',
  'o-duplicate',
  'o-withdrawn',
  'o-partial',
  'w-overdue',
  'w-due',
  'w-bounced',
  'w-unresponsive',
  'w-paused',
  'w-lock',
  'i-check',
  'i-file',
  'i-info',
  'i-menu',
] as const

/** The name of a sign in the sprite. */
export type IconName = (typeof icons)[number]

/** The colours of a badge: outcomes and lateness have one, stages are ink. */
export type Tone = 'ink' | 'quiet' | 'none' | 'agreed' | 'partial' | 'licence' | 'question' | 'refused' | 'late'
