import { Badge } from '#app/ui/badge.tsx'
import type { Standpoint } from './stages.ts'
import { stageSigns, stageWords } from './wording.ts'

/** Where a notice stands: a circle in ink; amber only while a question waits. */
export function StageBadge({ stage }: { stage: Standpoint }) {
  return (
    <Badge icon={stageSigns[stage]} {...(stage === 'clarification_needed' && { tone: 'question' as const })}>
      {stageWords[stage]()}
    </Badge>
  )
}
